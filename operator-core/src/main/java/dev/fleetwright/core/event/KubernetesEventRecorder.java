package dev.fleetwright.core.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events from one thread of its own. A reason that repeats within a minute is counted here and written once;
 * what does not fit the queue is dropped.
 */
public final class KubernetesEventRecorder implements EventRecorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final int QUEUE = 1000;
    private static final int REMEMBERED = 5000;
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final String component;
    private final InstantSource clock;
    private final BlockingQueue<Sighting> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final Thread thread;

    /** Starts its thread; the component is who reports, for example fleetwright-controllers. */
    public KubernetesEventRecorder(KubernetesClient client, String component, InstantSource clock) {
        this.client = client;
        this.component = component;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("events").start(this::run);
    }

    @Override
    public void warning(HasMetadata about, String reason, String message) {
        offer("Warning", about, reason, message);
    }

    @Override
    public void normal(HasMetadata about, String reason, String message) {
        offer("Normal", about, reason, message);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void offer(String type, HasMetadata about, String reason, String message) {
        var text = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        if (!queue.offer(new Sighting(type, about, reason, text, clock.instant()))) {
            LOG.debug(
                    "too many events: {} of {} is dropped",
                    reason,
                    about.getMetadata().getName());
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                record(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Sighting seen) {
        var meta = seen.about().getMetadata();
        var name = EventName.of(meta.getName(), meta.getUid(), seen.type(), seen.reason())
                .value();
        var last = written.get(name);
        if (last != null && last.at().plus(AT_MOST_EVERY).isAfter(seen.at())) {
            written.put(name, new Written(last.at(), last.unwritten() + 1));
            return;
        }
        try {
            write(name, seen, 1 + (last == null ? 0 : last.unwritten()));
            written.remove(name);
            written.put(name, new Written(seen.at(), 0));
            if (written.size() > REMEMBERED) {
                written.remove(written.keySet().iterator().next());
            }
        } catch (RuntimeException e) {
            LOG.debug("event {} of {} is not written", seen.reason(), meta.getName(), e);
        }
    }

    private void write(String name, Sighting seen, int count) {
        var namespace = seen.about().getMetadata().getNamespace();
        var time = seen.at().truncatedTo(ChronoUnit.SECONDS).toString();
        var events = client.v1().events().inNamespace(namespace);
        var existing = events.withName(name).get();
        if (existing == null) {
            events.resource(event(name, namespace, seen, count, time)).create();
            return;
        }
        var total = count + (existing.getCount() == null ? 0 : existing.getCount());
        var change = Map.of("count", total, "lastTimestamp", time, "message", seen.message());
        try {
            events.withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            client.getKubernetesSerialization().asJson(change));
        } catch (KubernetesClientException e) {
            // Events live an hour; one that went between the two calls is written anew next time.
            LOG.debug("event {} could not be counted", name, e);
        }
    }

    private Event event(String name, String namespace, Sighting seen, int count, String time) {
        var about = seen.about();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(namespace)
                        .withName(about.getMetadata().getName())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .withType(seen.type())
                .withReason(seen.reason())
                .withMessage(seen.message())
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(count)
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .build();
    }

    private record Sighting(String type, HasMetadata about, String reason, String message, Instant at) {}

    private record Written(Instant at, int unwritten) {}
}
