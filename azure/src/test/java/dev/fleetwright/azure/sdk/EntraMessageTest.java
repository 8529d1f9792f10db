package dev.fleetwright.azure.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntraMessageTest {
    @Test
    void whatDiffersAtEveryTryIsLeftOut() {
        var e = new IllegalStateException(
                "wrapped",
                new IllegalStateException("AADSTS7000215: Invalid client secret provided. Trace ID: 1-2 Correlation ID:"
                        + " 3-4 Timestamp: 2026-01-01 10:00:00Z"));

        assertThat(EntraMessage.stable(e)).isEqualTo("AADSTS7000215: Invalid client secret provided.");
    }

    @Test
    void aFailureWithoutACodeTellsItsFirstCause() {
        assertThat(EntraMessage.stable(new IllegalStateException("x", new IllegalStateException("no such file"))))
                .isEqualTo("IllegalStateException: no such file");
    }
}
