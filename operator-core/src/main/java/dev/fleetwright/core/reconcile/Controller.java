package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.core.status.StatusShape;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a controller of one kind: its loops and its times. Handed to the operator process, which runs it.
 *
 * @param <R> the kind
 * @param <T> its status
 */
public final class Controller<R extends CustomResource<?, T>, T extends ConditionedStatus> {

    private final Class<R> kind;
    private final StatusShape<T> shape;
    private final Loop<R, T, ?, ?, ?> loop;
    private final @Nullable Loop<R, T, ?, ?, ?> cleanup;
    private final Trigger trigger;
    private final Duration resync;
    private final Duration progressDeadline;

    private Controller(Builder<R, T> builder) {
        this.kind = builder.kind;
        this.shape = builder.shape;
        this.loop = Objects.requireNonNull(builder.loop, "a controller needs a loop");
        this.cleanup = builder.cleanup;
        this.trigger = builder.trigger;
        this.resync = builder.resync;
        this.progressDeadline = builder.progressDeadline;
    }

    public static <R extends CustomResource<?, T>, T extends ConditionedStatus> Builder<R, T> of(
            Class<R> kind, StatusShape<T> shape) {
        return new Builder<>(kind, shape);
    }

    /** The finalizer of a kind: MachinePool has {@code fleetwright.dev/machine-pool}. */
    public static String finalizerOf(Class<? extends CustomResource<?, ?>> kind) {
        return "fleetwright.dev/" + kebab(kind.getSimpleName());
    }

    static String kebab(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    public Class<R> kind() {
        return kind;
    }

    public String kindName() {
        return kind.getSimpleName();
    }

    /** How objects of this kind are woken from outside. */
    public Trigger trigger() {
        return trigger;
    }

    StatusShape<T> shape() {
        return shape;
    }

    Loop<R, T, ?, ?, ?> loop() {
        return loop;
    }

    @Nullable
    Loop<R, T, ?, ?, ?> cleanup() {
        return cleanup;
    }

    Duration resync() {
        return resync;
    }

    Duration progressDeadline() {
        return progressDeadline;
    }

    /** Collects what a controller needs; a loop is the least. */
    public static final class Builder<R extends CustomResource<?, T>, T extends ConditionedStatus> {
        private final Class<R> kind;
        private final StatusShape<T> shape;
        private @Nullable Loop<R, T, ?, ?, ?> loop;
        private @Nullable Loop<R, T, ?, ?, ?> cleanup;
        private Trigger trigger = new Trigger();
        private Duration resync = Duration.ofMinutes(15);
        private Duration progressDeadline = Duration.ofHours(1);

        private Builder(Class<R> kind, StatusShape<T> shape) {
            this.kind = kind;
            this.shape = shape;
        }

        /** What is done with objects that live. */
        public Builder<R, T> loop(Loop<R, T, ?, ?, ?> forLiving) {
            this.loop = forLiving;
            return this;
        }

        /**
         * What is done with objects that are being deleted, until it reports {@link Next.Cleaned}. Gives the kind its
         * finalizer, which is there before the first pass of {@link #loop}.
         */
        public Builder<R, T> cleanup(Loop<R, T, ?, ?, ?> forDeleted) {
            this.cleanup = forDeleted;
            return this;
        }

        /** For a trigger that had to exist before the controller, since something else wakes through it. */
        public Builder<R, T> trigger(Trigger existing) {
            this.trigger = existing;
            return this;
        }

        /** The drift check: how long after {@link Next.Done} the object is looked at again, give or take a fifth. */
        public Builder<R, T> resync(Duration interval) {
            this.resync = interval;
            return this;
        }

        /** How long an error that ends by itself may last before it stalls the object; 1 hour unless set. */
        public Builder<R, T> progressDeadline(Duration deadline) {
            this.progressDeadline = deadline;
            return this;
        }

        public Controller<R, T> build() {
            return new Controller<>(this);
        }
    }
}
