package dev.fleetwright.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes on is drawn in place, below the lines that stay. */
final class TerminalScreen implements Screen {
    private static final int WIDE = 100;
    private static final int INDENT = 2;

    /** A terminal that has become narrower cuts what is redrawn instead of wrapping it, or its lines could not be counted. */
    private static final String CUT = "\033[?7l";

    private static final String WRAP = "\033[?7h";
    private static final String CLEAR_LINE = "\033[2K";
    private static final String BOLD = "\033[1m";
    private static final String GREEN = "\033[32m";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private record Bar(double done, String text) {}

    private final PrintStream out;
    private final Map<String, Bar> bars = new LinkedHashMap<>();
    private final int width;
    private final int bar;
    private int drawn;

    /** @param width of the terminal at the start, in columns */
    TerminalScreen(PrintStream out, int width) {
        this.out = out;
        this.width = width - INDENT;
        this.bar = width < WIDE ? 10 : 24;
    }

    @Override
    public synchronized void chapter(String title) {
        stay("");
        stay(BOLD + title + PLAIN);
    }

    @Override
    public synchronized void say(String text) {
        stay("  " + text);
    }

    @Override
    public synchronized void progress(String name, double done, String text) {
        Bar bar = new Bar(done, text);
        if (!bar.equals(bars.put(name, bar))) {
            stay(null);
        }
    }

    @Override
    public synchronized void clear(String name) {
        if (bars.remove(name) != null) {
            stay(null);
        }
    }

    @Override
    public synchronized void done(String name, String text, Duration took) {
        bars.remove(name);
        stay("  " + GREEN + "✓" + PLAIN + " " + name + ": " + text + " " + DIM + Text.seconds(took) + PLAIN);
    }

    private void stay(@Nullable String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < drawn; i++) {
            text.append("\033[1A").append(CLEAR_LINE);
        }
        if (line != null) {
            text.append(line).append('\n');
        }
        bars.forEach((name, bar) ->
                text.append(CUT).append(draw(name, bar)).append(WRAP).append('\n'));
        drawn = bars.size();
        out.print(text);
        out.flush();
    }

    private String draw(String name, Bar state) {
        int full = (int) Math.round(Math.clamp(state.done(), 0, 1) * bar);
        String shown = state.done() < 0 ? "·".repeat(bar) : "█".repeat(full) + "░".repeat(bar - full);
        String text = "%-24s ".formatted(name) + shown + " " + state.text();
        return " ".repeat(INDENT) + (text.length() > width ? text.substring(0, Math.max(0, width - 1)) + "…" : text);
    }
}
