package dev.fleetwright.simulator.time;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How long Azure takes, by kind of work. The one table of durations.
 *
 * <p>Source: recorded traffic of 2022 to 2026 and published measurements (cluster create 3:21 and 5:02, pool create 112 s
 * and at most 134 s, one node p50 53 s, p99 79 s, p99.9 123 s over 537 runs). The composite figures are split so that
 * their parts add up: 240 s for a cluster are the control plane, then a scale set, then the slowest node.
 */
public final class Durations {
    /** A kind of work whose duration is drawn from a curve. */
    public enum Work {
        CONTROL_PLANE_CREATE,
        CONTROL_PLANE_UPDATE,
        CONTROL_PLANE_UPGRADE,
        CLUSTER_DELETE,
        CLUSTER_STOP,
        CLUSTER_START,
        CERTIFICATE_ROTATION,
        RESOURCE_GROUP_DELETE,
        SCALE_SET_CREATE,
        NODE_BOOT,
        NODE_DELETE,
        POOL_UPDATE,
        ABORT,
        DISK_CREATE,
        DISK_ATTACH,
        DISK_DETACH
    }

    /** Azure gives up draining a pool that is being deleted after this long (reported in 2021). */
    public static final Duration POOL_DELETE_DRAIN_LIMIT = Duration.ofMinutes(10);

    /** Default drain time-out of one node in an upgrade (documented). */
    public static final Duration UPGRADE_DRAIN_LIMIT = Duration.ofMinutes(30);

    /** Until a new principal is known everywhere: 10 to 33 s recorded. */
    public static final Duration PRINCIPAL_REPLICATION = Duration.ofSeconds(20);

    private final Map<Work, Curve> curves;
    private final RandomGenerator random;

    private Durations(Map<Work, Curve> curves, RandomGenerator random) {
        this.curves = curves;
        this.random = random;
    }

    public static Durations published(RandomGenerator random) {
        var curves = new EnumMap<Work, Curve>(Work.class);
        curves.put(Work.CONTROL_PLANE_CREATE, Curve.fixed(120));
        // no figure published; a minute and a half is what a change of a cluster setting feels like
        curves.put(Work.CONTROL_PLANE_UPDATE, Curve.fixed(90));
        curves.put(Work.CONTROL_PLANE_UPGRADE, Curve.fixed(600));
        curves.put(Work.CLUSTER_DELETE, Curve.fixed(330));
        // no figures published: the control plane goes and comes about as fast as it is changed and made
        curves.put(Work.CLUSTER_STOP, Curve.fixed(120));
        curves.put(Work.CLUSTER_START, Curve.fixed(120));
        curves.put(Work.CERTIFICATE_ROTATION, Curve.fixed(300));
        curves.put(Work.RESOURCE_GROUP_DELETE, Curve.fixed(60));
        curves.put(Work.SCALE_SET_CREATE, Curve.fixed(65));
        curves.put(
                Work.NODE_BOOT,
                new Curve(List.of(
                        new Curve.Point(0, 42),
                        new Curve.Point(0.5, 53),
                        new Curve.Point(0.99, 79),
                        new Curve.Point(0.999, 123),
                        new Curve.Point(1, 180))));
        curves.put(Work.NODE_DELETE, Curve.fixed(20));
        curves.put(Work.POOL_UPDATE, Curve.fixed(10));
        curves.put(Work.ABORT, Curve.fixed(5));
        // no figure published; small beside the node that it waits for
        curves.put(Work.DISK_CREATE, Curve.fixed(3));
        // about 15 s each way (reported to cloud-provider-azure); more when several wait for one machine
        curves.put(Work.DISK_ATTACH, Curve.fixed(15));
        curves.put(Work.DISK_DETACH, Curve.fixed(15));
        return new Durations(curves, random);
    }

    /** The same, but for one kind of work. */
    public Durations with(Work work, Curve curve) {
        var others = new EnumMap<>(curves);
        others.put(work, curve);
        return new Durations(others, random);
    }

    /** Azure time for one piece of work, drawn anew on every call. */
    public Duration sample(Work work) {
        Curve curve = curves.get(work);
        if (curve == null) {
            throw new IllegalStateException("no duration for " + work);
        }
        synchronized (random) {
            return curve.sample(random);
        }
    }
}
