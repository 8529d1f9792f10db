package dev.fleetwright.nodepool.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private record Line(List<Turns.Entry> entries, String holder) {}

    @Test
    void whoeverAsksExactlyOneMayGo() {
        Gen<Line> lines = TurnsTest::line;
        Property.check("one turn", 2_000, lines, line -> {
            List<String> free = line.entries().stream()
                    .map(Turns.Entry::record)
                    .filter(record ->
                            Turns.ahead(record, line.entries(), line.holder()).isEmpty())
                    .map(record -> record.getMetadata().getUid())
                    .toList();
            assertThat(free).hasSize(1);
            boolean nobodyBegan = line.entries().stream().noneMatch(entry -> Records.begun(entry.record()));
            if (nobodyBegan && !line.holder().isEmpty()) {
                assertThat(free).containsExactly(line.holder());
            }
        });
    }

    /** What happened once: the younger record was seen first and had the turn before the older one came into the cache. */
    @Test
    void anOlderRecordThatIsSeenLateWaitsForTheOneThatHasTheTurn() {
        var older = entry("system-1", "2026-11-22T01:55:00Z", "Planning", false);
        var younger = entry("apps-2", "2026-11-22T01:55:01Z", "Planning", false);
        var both = List.of(older, younger);
        assertThat(Turns.ahead(younger.record(), both, "uid-apps-2")).isEmpty();
        assertThat(Turns.ahead(older.record(), both, "uid-apps-2")).contains(younger.record());
    }

    private static Line line(RandomGenerator random) {
        int count = random.nextInt(1, 5);
        int begun = random.nextInt(-2, count);
        var entries = new ArrayList<Turns.Entry>();
        for (int i = 0; i < count; i++) {
            String phase = i == begun ? "Draining" : random.nextBoolean() ? "Planning" : "";
            String created = "2026-11-22T01:55:0" + random.nextInt(3) + "Z";
            entries.add(entry("pool-" + i, created, phase, random.nextBoolean()));
        }
        String holder = random.nextBoolean() ? "uid-pool-" + random.nextInt(count) : "";
        return new Line(List.copyOf(entries), holder);
    }

    private static Turns.Entry entry(String name, String created, String phase, boolean halfway) {
        var record = new NodepoolReplacement();
        record.getMetadata().setName(name);
        record.getMetadata().setUid("uid-" + name);
        record.getMetadata().setCreationTimestamp(created);
        record.setStatus(NodepoolReplacementStatus.empty().withPhase(phase));
        return new Turns.Entry(record, halfway);
    }
}
