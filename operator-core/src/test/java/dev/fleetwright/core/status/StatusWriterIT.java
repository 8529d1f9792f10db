package dev.fleetwright.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.core.widget.Ground;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import dev.fleetwright.testing.VirtualClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatusWriterIT {

    private static final String NAMESPACE = "status-writer";

    private final StatusWriter<Widget, WidgetStatus> writer =
            new StatusWriter<>(Ground.client(), VirtualClock.atNewYear());

    @BeforeAll
    static void namespace() {
        Ground.namespace(NAMESPACE);
    }

    private static Widget create(String name) {
        return Ground.client().resource(Widget.named(NAMESPACE, name, "red")).create();
    }

    private static Widget read(String name) {
        return Ground.client()
                .resources(Widget.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    @Test
    void aStatusThatIsThereAlreadyIsNotWritten() {
        var widget = create("same");
        var status = WidgetStatus.empty().withPainted("red");
        assertThat(writer.write(widget, status)).isEqualTo(WriteResult.WRITTEN);
        var written = read("same");
        assertThat(written.getStatus()).isEqualTo(status);
        assertThat(writer.write(written, status)).isEqualTo(WriteResult.UNCHANGED);
        assertThat(read("same").getMetadata().getResourceVersion())
                .isEqualTo(written.getMetadata().getResourceVersion());
    }

    @Test
    void aDecisionOnOldFactsIsRefusedAndNothingIsOverwritten() {
        var old = create("stale");
        Ground.client().resource(old).edit(w -> {
            w.getMetadata().getAnnotations().put("changed", "meanwhile");
            return w;
        });
        assertThat(writer.write(old, WidgetStatus.empty().withPainted("red"))).isEqualTo(WriteResult.CONFLICT);
        assertThat(read("stale").getStatus()).isNull();
    }

    @Test
    void aPassAfterAWriteSeesItAlthoughTheCacheIsBehind() {
        var old = create("behind");
        writer.write(old, WidgetStatus.empty().withPainted("red"));
        assertThat(writer.freshest(old).getStatus().painted()).isEqualTo("red");
        var caughtUp = read("behind");
        assertThat(writer.freshest(caughtUp)).isSameAs(caughtUp);
        assertThat(writer.freshest(old)).as("forgotten once the cache has it").isSameAs(old);
    }

    @Test
    void anObjectThatHasGoneIsNoError() {
        var widget = create("gone");
        Ground.client().resource(widget).delete();
        assertThat(writer.write(widget, WidgetStatus.empty().withPainted("red")))
                .isEqualTo(WriteResult.GONE);
    }
}
