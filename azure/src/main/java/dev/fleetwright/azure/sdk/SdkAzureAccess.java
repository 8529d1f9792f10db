package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpClient;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureAccess;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.throttle.ThrottleBudgets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Azure through its SDK. */
public final class SdkAzureAccess implements AzureAccess {
    /** One LIST per subscription and minute of Azure's time, 1/60 of what Azure allows. */
    private static final Duration INVENTORY_PACE = Duration.ofMinutes(1);

    private static final Duration FASTEST_INVENTORY_PACE = Duration.ofSeconds(1);

    // Above this many, the connections used longest ago are forgotten: they belong to secrets since rotated.
    private static final int MOST_CONNECTIONS = 256;

    private record Key(AzureCredential credential, String subscriptionID) {}

    private final AzureSettings settings;
    private final InstantSource clock;
    private final HttpClient http;

    // Shared by all identities: AKS counts per subscription, whoever calls.
    private final ThrottleBudgets budgets;
    private final Map<Key, Azure> connections = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Azure> eldest) {
            return size() > MOST_CONNECTIONS;
        }
    };
    private final Map<AzureCredential, ArmClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AzureCredential, ArmClient> eldest) {
            return size() > MOST_CONNECTIONS;
        }
    };

    /** @throws IllegalArgumentException when the CA bundle cannot be read */
    public SdkAzureAccess(AzureSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.budgets = new ThrottleBudgets(settings.timeScale());
        this.http = AzureHttp.client(settings.caBundle());
    }

    @Override
    public synchronized Azure connect(AzureCredential credential, String subscriptionID) {
        String subscription = subscriptionID.toLowerCase(Locale.ROOT);
        return connections.computeIfAbsent(
                new Key(credential, subscription),
                key -> new SdkAzure(client(credential), subscription, inventoryPace(), clock));
    }

    @Override
    public synchronized void close() {
        // The JDK's client ends its threads by itself once nobody holds it.
        connections.clear();
        clients.clear();
    }

    /** The client of an identity; for all its subscriptions. */
    synchronized ArmClient client(AzureCredential credential) {
        return clients.computeIfAbsent(
                credential,
                c -> new ArmClient(
                        new ArmPipeline(settings, http, EntraCredential.of(c, settings, http)), budgets, clock));
    }

    private Duration inventoryPace() {
        Duration pace = Duration.ofMillis((long) (INVENTORY_PACE.toMillis() / settings.timeScale()));
        return pace.compareTo(FASTEST_INVENTORY_PACE) < 0 ? FASTEST_INVENTORY_PACE : pace;
    }
}
