package dev.fleetwright.core.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells users what happened to an object. Never throws and never waits: an event is worth less than a pass. */
public interface EventRecorder {

    /** Something a user should look at. The same reason of the same object is one Event that counts. */
    void warning(HasMetadata about, String reason, String message);

    /** Something worth knowing. */
    void normal(HasMetadata about, String reason, String message);

    /** Drops everything; for tests of what does not concern events. */
    static EventRecorder none() {
        return new EventRecorder() {
            @Override
            public void warning(HasMetadata about, String reason, String message) {}

            @Override
            public void normal(HasMetadata about, String reason, String message) {}
        };
    }
}
