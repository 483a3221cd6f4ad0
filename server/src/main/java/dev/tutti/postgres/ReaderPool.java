package dev.tutti.postgres;

/**
 * The connections of the readers, as they were a moment ago.
 *
 * @param active in use
 * @param idle open and not in use
 * @param waiting readers that have none
 * @param max how many there may be
 */
public record ReaderPool(int active, int idle, int waiting, int max) {}
