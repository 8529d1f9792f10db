package dev.fleetwright.launcher;

/**
 * Something Fleetwright promises, and whether it held.
 *
 * @param text the promise, as a sentence
 * @param held whether it did
 * @param detail what was seen
 */
public record Promise(String text, boolean held, String detail) {}
