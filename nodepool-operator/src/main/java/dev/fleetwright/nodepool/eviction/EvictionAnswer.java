package dev.fleetwright.nodepool.eviction;

import java.time.Duration;

/** What the API server said to one eviction. */
public sealed interface EvictionAnswer {
    /** The label of the metric {@code fleetwright_evictions_total}. */
    String code();

    /** Accepted: the pod has a deletion timestamp now. It still runs. */
    record Accepted() implements EvictionAnswer {
        @Override
        public String code() {
            return "201";
        }
    }

    /** That very pod is gone: not found, or another pod has its name. */
    record Gone(String code) implements EvictionAnswer {}

    /** A budget allows no disruption now. Tried again when the budget changes. */
    record BudgetClosed(String message) implements EvictionAnswer {
        @Override
        public String code() {
            return "429";
        }
    }

    /** The server has not processed the budget, or gave up on conflicts over it: later. */
    record Later(String code, String message, Duration after) implements EvictionAnswer {}

    /** More than one budget selects the pod; the server will never accept this. */
    record SeveralBudgets(String message) implements EvictionAnswer {
        @Override
        public String code() {
            return "500";
        }
    }

    /** Refused for another reason. */
    record Refused(String code, String message, Duration after) implements EvictionAnswer {}

    /** No answer: it may have been carried out or not. Looked up before anything else is done about the pod. */
    record Unknown(String message) implements EvictionAnswer {
        @Override
        public String code() {
            return "none";
        }
    }
}
