package dev.fleetwright.simulator.aks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    private static Cidr cidr(String text) {
        return Cidr.read(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.1/16", "256.0.0.0/8", "10.0.0", "ten", "", "10.0.0.0/"})
    void whatIsNoRangeIsNotRead(String text) {
        assertThat(Cidr.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.0.10, true",
        "10.0.0.0/16, 10.1.0.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "10.0.0.0/24, 10.0.0.0/16, false"
    })
    void aRangeContainsWhatLiesInside(String range, String inside, boolean contains) {
        assertThat(cidr(range).contains(cidr(inside))).isEqualTo(contains);
    }

    @Test
    void rangesOverlapBothWaysOrNot() {
        assertThat(cidr("10.0.0.0/16").overlaps(cidr("10.0.4.0/24"))).isTrue();
        assertThat(cidr("10.0.4.0/24").overlaps(cidr("10.0.0.0/16"))).isTrue();
        assertThat(cidr("10.0.0.0/16").overlaps(cidr("10.1.0.0/16"))).isFalse();
    }
}
