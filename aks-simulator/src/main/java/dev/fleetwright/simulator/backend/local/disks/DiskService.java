package dev.fleetwright.simulator.backend.local.disks;

import dev.fleetwright.simulator.backend.local.Watches;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Durations.Work;
import dev.fleetwright.simulator.time.Timeline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for one cluster what the disk driver's provisioner, its attacher and the kubelets' mounts do. Wakes up when something
 * with volumes changes, and has no work in a cluster without claims.
 */
public final class DiskService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskService.class);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Watches watches;
    private final DiskObjects objects;
    private final DiskWriter writer;
    private final Timeline timeline;
    private final Durations durations;
    private final Executor threads;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean watchesAll = new AtomicBoolean();
    private final Set<String> busyNodes = new HashSet<>();
    private final Set<String> busyClaims = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private volatile boolean closed;

    public DiskService(Watches watches, DiskWriter writer, Timeline timeline, Durations durations, Executor threads) {
        this.watches = watches;
        this.objects = new DiskObjects(watches);
        this.writer = writer;
        this.timeline = timeline;
        this.durations = durations;
        this.threads = threads;
    }

    /** Begins; returns at once. */
    public void start() {
        threads.execute(() -> watches.follow(PersistentVolumeClaim.class, _ -> firstClaim()));
    }

    /** Everything else is watched only once there is something to do. */
    private void firstClaim() {
        if (watchesAll.compareAndSet(false, true)) {
            threads.execute(() -> {
                watches.all(Node.class);
                watches.follow(PersistentVolume.class, _ -> wake());
                watches.follow(VolumeAttachment.class, _ -> wake());
                watches.follow(Pod.class, pod -> {
                    if (!DiskObjects.claimsOf(pod).isEmpty()) {
                        wake();
                    }
                });
            });
        }
        wake();
    }

    private void wake() {
        if (!closed && woken.compareAndSet(false, true)) {
            threads.execute(this::pass);
        }
    }

    private synchronized void pass() {
        woken.set(false);
        for (DiskStep step : DiskPlan.next(objects.picture(done), busyNodes, busyClaims)) {
            switch (step) {
                case DiskStep.Make make -> make(make);
                case DiskStep.Move move -> move(move);
                case DiskStep.Start start -> {
                    done.add(start.podUid());
                    run(
                            CompletableFuture.completedFuture(null),
                            () -> find(Pod.class, start.podUid()).forEach(writer::start),
                            () -> done.remove(start.podUid()));
                }
                case DiskStep.Destroy destroy -> {
                    busyClaims.add(destroy.volume());
                    run(
                            timeline.after(durations.sample(Work.DISK_CREATE)),
                            () -> writer.destroy(destroy.volume()),
                            () -> busyClaims.remove(destroy.volume()));
                }
            }
        }
    }

    private void make(DiskStep.Make make) {
        busyClaims.add(make.claimUid());
        run(
                timeline.after(durations.sample(Work.DISK_CREATE)),
                () -> find(PersistentVolumeClaim.class, make.claimUid())
                        .forEach(claim -> writer.make(claim, make.zone())),
                () -> busyClaims.remove(make.claimUid()));
    }

    /** Gives back first, then takes; the machine is busy until both are through. */
    private void move(DiskStep.Move move) {
        busyNodes.add(move.node());
        var call = CompletableFuture.<Void>completedFuture(null)
                .thenRunAsync(() -> named(move.attach()).forEach(writer::claim), threads);
        if (!move.detach().isEmpty()) {
            call = call.thenCompose(_ -> timeline.after(durations.sample(Work.DISK_DETACH)))
                    .thenRun(() -> settle(move.detach(), true));
        }
        if (!move.attach().isEmpty()) {
            call = call.thenCompose(_ -> timeline.after(durations.sample(Work.DISK_ATTACH)))
                    .thenRun(() -> settle(move.attach(), false));
        }
        var _ = call.whenComplete((_, failure) -> {
            synchronized (this) {
                busyNodes.remove(move.node());
            }
            if (failure == null) {
                wake();
            } else {
                LOG.debug("a machine's disks have to be moved again", failure);
                wakeLater();
            }
        });
    }

    private void settle(List<String> names, boolean leaving) {
        for (VolumeAttachment attachment : named(names)) {
            if (leaving) {
                writer.detached(attachment);
            } else {
                writer.attached(attachment);
            }
            synchronized (this) {
                done.add(DiskObjects.key(attachment, leaving));
            }
        }
        wake();
    }

    /** What fails is forgotten and so done again, a little later. */
    private void run(CompletableFuture<Void> delay, Runnable work, Runnable forget) {
        var _ = delay.thenRunAsync(work, threads).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.debug("a disk's work has to be repeated", failure);
                synchronized (this) {
                    forget.run();
                }
                wakeLater();
            }
        });
    }

    private void wakeLater() {
        var _ = timeline.after(RETRY).thenRun(this::wake);
    }

    private List<VolumeAttachment> named(List<String> names) {
        return watches.all(VolumeAttachment.class).stream()
                .filter(attachment -> names.contains(attachment.getMetadata().getName()))
                .toList();
    }

    private <T extends HasMetadata> List<T> find(Class<T> kind, String uid) {
        return watches.all(kind).stream()
                .filter(object -> object.getMetadata().getUid().equals(uid))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
