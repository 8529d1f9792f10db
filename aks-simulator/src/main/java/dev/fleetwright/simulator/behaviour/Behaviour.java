package dev.fleetwright.simulator.behaviour;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One switch: an open question of the protocol page (section 13), or a trouble of Azure that is off by default.
 *
 * <p>Durations are seconds of Azure time. Where reports differ, the default is the stricter side.
 */
public enum Behaviour {
    PARALLEL_POOL_OPERATIONS(
            1,
            "false",
            Allowed.FLAG,
            "operations on different pools of a cluster run side by side (documented locks are"
                    + " per resource; reports contradict)"),
    DELETE_PREEMPTS(2, "false", Allowed.FLAG, "a DELETE ends a running operation instead of being refused"),
    POOL_OPERATION_SHOWS_ON_CLUSTER(3, "false", Allowed.FLAG, "a pool operation makes its cluster Updating"),
    EMPTY_PUT_UPDATES(4, "true", Allowed.FLAG, "a PUT that changes nothing starts an operation and changes eTags"),
    POOL_DELETE_DRAINS(5, "true", Allowed.FLAG, "the deletion of a pool drains it first, for at most 10 minutes"),
    DELETE_LOCATION(6, "true", Allowed.FLAG, "the 202 of a DELETE carries Location beside Azure-AsyncOperation"),
    WRAPPED_ERRORS(7, "false", Allowed.FLAG, "the AKS provider wraps its errors as the gateway does"),
    PRECONDITION_CODE(
            8, "PreConditionFailed", "PreConditionFailed|PreconditionFailed|EtagMismatch", "error code of a 412"),
    BUSY_STATUS(9, "409", "409|400", "status of the refusal while another operation is in progress"),
    IDENTICAL_ROLE_ASSIGNMENT(
            10, "accepted", "accepted|conflict", "a PUT of a role assignment that exists in the same words"),
    OPERATION_RETRY_AFTER(11, "0", Allowed.SECONDS, "Retry-After on AKS operations and their polls; 0 leaves it out"),
    IN_PLACE_PROPERTIES(
            12,
            "",
            "((kubeletConfig|linuxOSConfig|spotMaxPrice|capacityReservationGroupID)(,(?=\\w)|$))*",
            "pool properties that may change in place, comma-separated: kubeletConfig, linuxOSConfig, spotMaxPrice,"
                    + " capacityReservationGroupID"),
    VERSION_SKEW(13, "3", "2|3", "minor versions that a pool may be behind its control plane"),
    UNDRAINABLE_SCHEDULE(
            14,
            "continue",
            "continue|stop",
            "after a node that cannot be drained, undrainableNodeBehavior Schedule goes on with the others (published"
                    + " specification) or stops"),
    SYSTEM_POOL_NODES(15, "1", "1|2", "fewest nodes of a System pool"),
    SYSTEM_POOL_VCPUS(15, "2", "2|4", "fewest vCPUs of a System pool's VM size"),
    REUSED_SCALE_SETS(16, "false", Allowed.FLAG, "a pool made again under its old name gets the old node names"),
    ADMIN_CREDENTIAL_STATUS(17, "400", "4\\d\\d", "status of the admin credential with local accounts disabled"),
    OMITTED_POOLS(18, "keep", "keep|reject", "what a cluster PUT that leaves out existing pools does"),
    STALE_READS(19, "0", Allowed.SECONDS, "how long GET and LIST may show what was before a write"),

    SPOT_EVICTION_HOURS(0, "0", "\\d{1,4}", "mean hours until a spot machine is taken back; 0 is never"),
    ALLOCATION_PATIENCE(
            0,
            "3600",
            Allowed.SECONDS,
            "how long an operation tries to get machines that Azure is short of, before it fails (over an hour"
                    + " reported)"),
    ROLE_ASSIGNMENT_EFFECT(
            0,
            "0",
            Allowed.SECONDS,
            "how long a new role assignment has no effect yet, for principals that need one (up to 600 reported)"),
    DISK_MOVE(
            0,
            "15",
            Allowed.SECONDS,
            "how long a machine takes to attach disks, and to detach them (15 reported; 25 to 120 on conflicts)"),
    HELD_OPEN_PUT(0, "0", Allowed.SECONDS, "how long a creating PUT is held open before its 201 (11 to 12 recorded)"),
    OPERATION_EXPIRY(0, "86400", Allowed.SECONDS, "how long an ended operation can still be polled; 0 is for ever"),
    LATE_UPDATE(
            0,
            "0",
            Allowed.SECONDS,
            "after its creation a cluster becomes Updating for so long without any client's write, then has another"
                    + " eTag and an azurepolicy add-on (over 300 recorded); 0 is never"),
    EXTENSION_OPERATION(
            0,
            "0",
            Allowed.SECONDS,
            "after every cluster update the provider runs PutExtensionAddonHandler for so long and refuses writes"
                    + " meanwhile (reported); 0 is never");

    private final int question;
    private final String standard;
    private final Pattern allowed;
    private final String meaning;

    Behaviour(int question, String standard, String allowed, String meaning) {
        this.question = question;
        this.standard = standard;
        this.allowed = Pattern.compile(allowed);
        this.meaning = meaning;
    }

    /** The forms of value that several switches share. */
    private static final class Allowed {
        static final String FLAG = "true|false";
        static final String SECONDS = "\\d{1,7}";
    }

    /** As it is written on the command line: lower-case words with hyphens. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The number of the open question in section 13 of the protocol page; 0 for what is none of them. */
    public int question() {
        return question;
    }

    /** The value when nothing is said. */
    public String standard() {
        return standard;
    }

    /** One line of plain English. */
    public String meaning() {
        return meaning;
    }

    boolean allows(String value) {
        return allowed.matcher(value).matches();
    }

    String allowed() {
        return allowed.pattern();
    }

    /** The switch that is written this way on the command line. */
    public static Optional<Behaviour> named(String option) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.option().equals(option))
                .findFirst();
    }
}
