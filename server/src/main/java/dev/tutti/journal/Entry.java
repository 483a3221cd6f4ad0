package dev.tutti.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * One event as the journal keeps it.
 *
 * @param seq 1, 2, 3, … in its room
 * @param digest of the command's name and arguments: tells a command sent again from a reused key
 * @param name of the event
 * @param by the user id
 * @param at microsecond precision: what is finer is cut off
 * @param patch RFC 7396, as JSON text. Read back it is the same JSON, not always the same text
 */
public record Entry(
    long seq, UUID key, long digest, String name, String by, Instant at, String patch) {}
