package dev.fleetwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class KubernetesVersionTest {
    private static final Gen<KubernetesVersion> VERSIONS = random -> new KubernetesVersion(
            random.nextInt(1, 3),
            random.nextInt(28, 32),
            random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(3)));

    @Test
    void reads_a_minor_a_patch_and_a_leading_v() {
        assertThat(KubernetesVersion.parse("v1.34.2")).isEqualTo(new KubernetesVersion(1, 34, OptionalInt.of(2)));
        assertThat(KubernetesVersion.parse("1.34")).isEqualTo(new KubernetesVersion(1, 34, OptionalInt.empty()));
    }

    @Test
    void anything_else_is_refused_with_an_example_of_what_is_meant() {
        for (String bad :
                List.of("", "1", "1.", "1.34.", "1.34.2.1", "1.34-rc1", "latest", " 1.34", "1.-3", "1.99999")) {
            assertThatThrownBy(() -> KubernetesVersion.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1.34.2 is meant")
                    .hasMessageEndingWith(bad);
        }
    }

    @Test
    void numbers_are_compared_as_numbers() {
        assertThat(KubernetesVersion.parse("1.9.10")).isLessThan(KubernetesVersion.parse("1.10.9"));
        assertThat(KubernetesVersion.parse("1.34.10")).isGreaterThan(KubernetesVersion.parse("1.34.9"));
    }

    @Test
    void a_minor_admits_all_its_patches_and_a_patch_only_itself() {
        assertThat(KubernetesVersion.parse("1.34").admits(KubernetesVersion.parse("1.34.7")))
                .isTrue();
        assertThat(KubernetesVersion.parse("1.34").admits(KubernetesVersion.parse("1.33.7")))
                .isFalse();
        assertThat(KubernetesVersion.parse("1.34.2").admits(KubernetesVersion.parse("1.34.2")))
                .isTrue();
        assertThat(KubernetesVersion.parse("1.34.2").admits(KubernetesVersion.parse("1.34.3")))
                .isFalse();
    }

    @Test
    void leaving_the_patch_out_is_not_a_downgrade() {
        assertThat(KubernetesVersion.parse("1.34").isBelow(KubernetesVersion.parse("1.34.2")))
                .isFalse();
        assertThat(KubernetesVersion.parse("1.34.1").isBelow(KubernetesVersion.parse("1.34.2")))
                .isTrue();
        assertThat(KubernetesVersion.parse("1.33").isBelow(KubernetesVersion.parse("1.34.2")))
                .isTrue();
    }

    @Test
    void minors_are_counted() {
        assertThat(KubernetesVersion.parse("1.34.2").minorsAbove(KubernetesVersion.parse("1.32.9")))
                .isEqualTo(2);
        assertThat(KubernetesVersion.parse("2.0").minorsAbove(KubernetesVersion.parse("1.40")))
                .isGreaterThan(1);
    }

    @Test
    void what_is_printed_reads_back_and_the_order_is_total() {
        Property.check("print and parse", 200, VERSIONS.listOf(3, 3), three -> {
            KubernetesVersion a = three.get(0);
            KubernetesVersion b = three.get(1);
            KubernetesVersion c = three.get(2);
            assertThat(KubernetesVersion.parse(a.toString())).isEqualTo(a);
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
            }
            assertThat(a.isBelow(b) && b.isBelow(a)).isFalse();
        });
    }
}
