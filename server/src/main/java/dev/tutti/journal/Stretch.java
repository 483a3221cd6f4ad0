package dev.tutti.journal;

import java.util.List;

/**
 * Consecutive entries of a room.
 *
 * @param epoch the life of the journal in which they were read
 * @param entries ascending
 */
public record Stretch(String epoch, List<Entry> entries) {}
