package dev.fleetwright.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    @Test
    void everyCodeIsFoundByItsText() {
        for (var row : ErrorCode.values()) {
            assertThat(ErrorCode.of(row.code())).contains(row);
        }
        assertThat(ErrorCode.of("ERR_OF_ANOTHER_RELEASE")).isEmpty();
    }

    @Test
    void codesAndReasonsAreUniqueAndStable() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("ERR_[A-Z_]+"));
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::reason))
                .doesNotHaveDuplicates()
                .allMatch(reason -> reason.matches("[A-Z][A-Za-z]+"));
    }

    @Test
    void aGrowingPaceDoublesUpToItsMaximumAndStaysThere() {
        var pace = ErrorCode.TRANSIENT.pace();
        assertThat(pace.after(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.after(2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(pace.after(8)).isEqualTo(Duration.ofSeconds(256));
        assertThat(pace.after(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(pace.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void nothingIsEverGivenUp() {
        for (var row : ErrorCode.values()) {
            assertThat(row.delay(1_000_000)).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void whatMakesAnExceptionMoreExactKeepsTheRest() {
        var e = FleetException.of(ErrorCode.RATE_LIMITS_EXCEEDED, "slow down")
                .withRetryAfter(Duration.ofSeconds(7))
                .withReason("BucketEmpty");
        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITS_EXCEEDED);
        assertThat(e.reason()).isEqualTo("BucketEmpty");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.text()).isEqualTo("slow down");
    }
}
