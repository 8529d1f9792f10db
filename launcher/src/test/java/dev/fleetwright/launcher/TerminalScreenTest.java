package dev.fleetwright.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
    private static final int WIDTH = 60;
    private static final String UP = "\033[1A";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Screen screen = new TerminalScreen(new PrintStream(written, true, StandardCharsets.UTF_8), WIDTH);

    @Test
    void whatIsDrawnInPlaceFitsOneLineEach() {
        screen.progress("a pool", 0.5, "waiting ".repeat(20));
        screen.progress("another pool", -1, "starting");

        assertThat(text().replaceAll("\033\\[[?0-9]*[a-zA-Z]", "").lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH))
                .anyMatch(line -> line.endsWith("…"));
    }

    @Test
    void whatIsRedrawnTakesAwayAsManyLinesAsWereDrawn() {
        screen.progress("one", 0, "");
        screen.progress("two", 0, "");
        written.reset();
        screen.done("one", "made", Duration.ofSeconds(1));

        assertThat(text().split(UP.replace("[", "\\["), -1)).hasSize(3);
        written.reset();
        screen.say("next");
        assertThat(text()).containsOnlyOnce(UP);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
