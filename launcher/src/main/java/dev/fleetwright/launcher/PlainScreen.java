package dev.fleetwright.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line per change, for logs and pipes. */
final class PlainScreen implements Screen {
    private final PrintStream out;
    private final Map<String, String> last = new LinkedHashMap<>();

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void chapter(String title) {
        out.println();
        out.println("== " + title);
    }

    @Override
    public synchronized void say(String text) {
        out.println("   " + text);
    }

    @Override
    public synchronized void progress(String name, double done, String text) {
        if (!text.equals(last.put(name, text))) {
            out.printf("   %s: %s%n", name, text);
        }
    }

    @Override
    public synchronized void clear(String name) {
        last.remove(name);
    }

    @Override
    public synchronized void done(String name, String text, Duration took) {
        last.remove(name);
        out.printf("   %s: %s (%s)%n", name, text, Text.seconds(took));
    }
}
