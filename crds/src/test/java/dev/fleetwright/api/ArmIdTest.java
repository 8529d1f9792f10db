package dev.fleetwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ArmIdTest {
    private static final String SCALE_SET = "azure:///subscriptions/s/resourceGroups/MC_g/providers/Microsoft.Compute"
            + "/virtualMachineScaleSets/aks-%s-12345678-vmss/virtualMachines/%d";

    /** Few names, so that segments often repeat between ids. */
    private static final Gen<String> NAMES = Gen.elements("a", "b", "A", "ab", "aks-blue-1-vmss", "0", "1", "10");

    private static final Gen<ArmId> IDS = random -> {
        ArmId id = ArmId.subscription(NAMES.next(random));
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            id = id.child(
                    Gen.elements("providers", "resourceGroups", "virtualMachines")
                            .next(random),
                    NAMES.next(random));
        }
        return id;
    };

    @Test
    void the_parts_of_an_agent_pool_are_read_by_type() {
        ArmId pool = ArmId.managedCluster("s", "g", "weu-1").agentPool("blue");
        assertThat(pool)
                .hasToString(
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/weu-1"
                                + "/agentPools/blue");
        assertThat(pool.valueOf("resourcegroups")).contains("g");
        assertThat(pool.valueOf("virtualMachines")).isEmpty();
        assertThat(pool.name()).isEqualTo("blue");
        assertThat(pool.parent()).contains(ArmId.managedCluster("s", "g", "weu-1"));
        assertThat(ArmId.subscription("s").parent()).isEmpty();
    }

    @Test
    void the_case_of_any_letter_makes_no_difference() {
        Property.check("case", 300, IDS, id -> {
            ArmId upper = ArmId.parse(id.toString().toUpperCase(Locale.ROOT));
            assertThat(upper).isEqualTo(id).hasSameHashCodeAs(id);
        });
    }

    @Test
    void two_ids_are_equal_only_when_every_segment_is() {
        Property.check("segments", 2000, IDS.listOf(2, 2), two -> {
            ArmId a = two.get(0);
            ArmId b = two.get(1);
            assertThat(a.equals(b)).isEqualTo(folded(a).equals(folded(b)));
        });
    }

    @Test
    void a_different_prefix_or_suffix_is_a_different_resource() {
        Property.check("prefix and suffix", 500, IDS, id -> {
            ArmId below = id.child("virtualMachines", "0");
            assertThat(below).isNotEqualTo(id);
            assertThat(below.isBelow(id)).isTrue();
            assertThat(id.isBelow(below)).isFalse();
            assertThat(id.isBelow(id)).isFalse();
            List<String> other = new ArrayList<>(below.segments());
            other.set(1, other.get(1) + "x");
            assertThat(new ArmId(other)).isNotEqualTo(below);
            assertThat(new ArmId(other).isBelow(id)).isFalse();
        });
    }

    @Test
    void machines_of_two_scale_sets_differ_although_their_instance_numbers_overlap() {
        Property.check("instance numbers", 500, Gen.ints(0, 99).listOf(2, 2), numbers -> {
            ArmId blue = ArmId.parse(SCALE_SET.formatted("blue", numbers.get(0)));
            ArmId green = ArmId.parse(SCALE_SET.formatted("green", numbers.get(1)));
            ArmId sibling = ArmId.parse(SCALE_SET.formatted("blue", numbers.get(1)));
            assertThat(blue).isNotEqualTo(green);
            assertThat(blue.equals(sibling)).isEqualTo(numbers.get(0).equals(numbers.get(1)));
            assertThat(blue.isBelow(green.parent().orElseThrow())).isFalse();
        });
    }

    @Test
    void a_name_that_begins_like_another_is_not_below_it() {
        assertThat(ArmId.parse("/subscriptions/s/resourceGroups/abc/providers/p")
                        .isBelow(ArmId.resourceGroup("s", "ab")))
                .isFalse();
    }

    @Test
    void what_is_no_full_id_is_refused() {
        for (String bad : List.of(
                "",
                "blue",
                "/subscriptions",
                "/subscriptions/",
                "/subscriptions/s/resourceGroups",
                "/subscriptions/s//g",
                "/subscriptions/s/",
                "subscriptions/s",
                "/tenants/t",
                "aws:///eu-west-1a/i-0")) {
            assertThat(ArmId.tryParse(bad)).as(bad).isEmpty();
            assertThatThrownBy(() -> ArmId.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_is_printed_reads_back() {
        Property.check(
                "round trip",
                300,
                IDS,
                id -> assertThat(ArmId.parse(id.toString())).isEqualTo(id));
    }

    private static List<String> folded(ArmId id) {
        return id.segments().stream().map(s -> s.toLowerCase(Locale.ROOT)).toList();
    }
}
