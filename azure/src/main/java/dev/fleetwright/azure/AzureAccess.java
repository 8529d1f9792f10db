package dev.fleetwright.azure;

/**
 * The way into Azure for one process.
 *
 * <p>Throttle budgets, tokens and inventories are shared by everything that one access hands out, so a process has one.
 */
public interface AzureAccess extends AutoCloseable {
    /**
     * Azure as seen by one identity in one subscription.
     *
     * <p>No call is made here: a wrong secret or an unknown subscription shows at the first use. Equal arguments give the
     * same connection, with its cached tokens and its inventory; a changed secret gives a new one.
     */
    Azure connect(AzureCredential credential, String subscriptionID);

    /** Lets go of the connections. Calls still running may fail. */
    @Override
    void close();
}
