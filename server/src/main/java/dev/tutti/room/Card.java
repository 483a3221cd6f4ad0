package dev.tutti.room;

import dev.tutti.rules.Document;
import java.time.Instant;
import java.util.Optional;

/**
 * What a list says of a room, and to whom it may be said.
 *
 * @param epoch the life of the journal that this is of
 * @param seq the last event that this knows of
 * @param changed when that event happened, if it was at hand
 * @param access the room's {@code access} collection alone
 */
record Card(
    String epoch, long seq, Optional<Instant> changed, Optional<String> title, Document access) {}
