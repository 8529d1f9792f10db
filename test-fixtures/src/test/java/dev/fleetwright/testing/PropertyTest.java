package dev.fleetwright.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertyTest {

    @Test
    void theSameSeedGivesTheSameValues() {
        var gen = Gen.ints(0, 1_000_000).listOf(20, 20);
        assertThat(gen.next(Property.random(7))).isEqualTo(gen.next(Property.random(7)));
        assertThat(gen.next(Property.random(7))).isNotEqualTo(gen.next(Property.random(8)));
    }

    @Test
    void aPropertyThatHoldsIsTriedOnEverySeed() {
        var seen = new ArrayList<Integer>();
        Property.check("counts", 50, Gen.ints(0, 1_000_000), seen::add);
        assertThat(seen.size()).isEqualTo(Integer.getInteger("tries", 50));
    }

    @Test
    void aFailureNamesThePropertyAndTheSeedThatRepeatsIt() {
        assertThatThrownBy(() -> Property.check(
                        "small", 500, Gen.ints(0, 100), n -> assertThat(n).isLessThan(90)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("small")
                .hasMessageContaining("-Dseed=");
    }

    @Test
    void aFailingSequenceIsShrunkToTheStepsThatMatter() {
        var steps = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            steps.add(i);
        }
        var shrunk = Property.shrink(
                List.copyOf(steps),
                list -> assertThat(list.contains(13) && list.contains(77)).isFalse());
        assertThat(shrunk).containsExactly(13, 77);
    }

    @Test
    void aSequenceThatAlwaysFailsShrinksToNothing() {
        assertThat(Property.shrink(List.of(1, 2, 3), list -> {
                    throw new IllegalStateException("always");
                }))
                .isEmpty();
    }
}
