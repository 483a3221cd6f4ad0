package dev.tutti.protocol;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * An accepted command, as every subscriber sees it.
 *
 * @param seq its place in the room: 1, 2, 3, … without a gap
 * @param name what happened, in the past tense, for example {@code ticket.moved}
 * @param by the user id of who did it
 * @param at when it was decided, by the deciding server's clock
 * @param key the key that the sender chose
 * @param patch JSON Merge Patch (RFC 7396) from the document at {@code seq - 1} to that at {@code
 *     seq}
 */
public record Event(long seq, String name, String by, Instant at, UUID key, ObjectNode patch) {}
