package dev.fleetwright.core.reconcile;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;

/**
 * For what goes wrong outside our stages (the framework's finalizer patch, a status write without an API server):
 * never given up, from 2 s to 5 min, with jitter. The framework's own retry ends after five attempts.
 */
record EdgeRetry(Jitter jitter) implements Retry {

    private static final long FIRST_MILLIS = 2_000;
    private static final long LONGEST_MILLIS = 300_000;

    @Override
    public RetryExecution initExecution() {
        return new Execution(jitter);
    }

    private static final class Execution implements RetryExecution {
        private final Jitter jitter;
        private int attempts;

        private Execution(Jitter jitter) {
            this.jitter = jitter;
        }

        @Override
        public Optional<Long> nextDelay() {
            long delay = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
            attempts++;
            return Optional.of(jitter.stretch(Duration.ofMillis(delay)).toMillis());
        }

        @Override
        public int getAttemptCount() {
            return attempts;
        }

        @Override
        public boolean isLastAttempt() {
            return false;
        }
    }
}
