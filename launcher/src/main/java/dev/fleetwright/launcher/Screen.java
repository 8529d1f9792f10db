package dev.fleetwright.launcher;

import java.time.Duration;

/** Where progress is shown: drawn in place on a terminal, one line per change elsewhere. Thread-safe. */
public interface Screen {
    /** Begins a new chapter. */
    void chapter(String title);

    /** Says one thing that stays. */
    void say(String text);

    /**
     * Shows how far something is; replaces what was shown under this name.
     *
     * @param done between 0 and 1; negative: not known
     */
    void progress(String name, double done, String text);

    /** Ends what was shown under this name, without a word. */
    void clear(String name);

    /** Ends what was shown under this name with a line that stays. */
    void done(String name, String text, Duration took);

    /** Set to true by the script when standard output is a terminal. */
    String TERMINAL = "fleetwright.terminal";

    /** Set by the script to the width of the terminal. */
    String COLUMNS = "fleetwright.columns";

    /** The screen that fits where standard output goes. */
    static Screen forStandardOutput() {
        return Boolean.getBoolean(TERMINAL)
                ? new TerminalScreen(System.out, Integer.getInteger(COLUMNS, 80))
                : new PlainScreen(System.out);
    }
}
