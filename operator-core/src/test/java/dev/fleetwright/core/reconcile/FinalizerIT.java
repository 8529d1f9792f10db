package dev.fleetwright.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.core.status.WriteResult;
import dev.fleetwright.core.widget.Ground;
import dev.fleetwright.core.widget.Widget;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FinalizerIT {

    private static final String NAMESPACE = "finalizer";
    private static final String OTHER = "example.com/other";

    private final Finalizer ours = new Finalizer(Ground.client(), "fleetwright.dev/widget");
    private final Finalizer theirs = new Finalizer(Ground.client(), OTHER);

    @BeforeAll
    static void namespace() {
        Ground.namespace(NAMESPACE);
    }

    private static Widget read(String name) {
        return Ground.client()
                .resources(Widget.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    @Test
    void addingAndRemovingLeavesThoseOfOthersAlone() {
        Ground.client().resource(Widget.named(NAMESPACE, "two", "red")).create();
        assertThat(ours.add(read("two"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(theirs.add(read("two"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(ours.add(read("two"))).isEqualTo(WriteResult.UNCHANGED);
        assertThat(ours.remove(read("two"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(read("two").getMetadata().getFinalizers()).isEqualTo(List.of(OTHER));
        theirs.remove(read("two"));
    }

    @Test
    void aRemovalRepeatedAfterALostAnswerTakesNobodyElsesAway() {
        Ground.client().resource(Widget.named(NAMESPACE, "lost", "red")).create();
        ours.add(read("lost"));
        theirs.add(read("lost"));
        var asRead = read("lost");
        assertThat(ours.remove(asRead)).isEqualTo(WriteResult.WRITTEN);
        assertThat(ours.remove(asRead)).isEqualTo(WriteResult.CONFLICT);
        assertThat(read("lost").getMetadata().getFinalizers()).isEqualTo(List.of(OTHER));
        theirs.remove(read("lost"));
    }
}
