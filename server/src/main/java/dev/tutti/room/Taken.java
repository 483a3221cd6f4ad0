package dev.tutti.room;

import dev.tutti.protocol.EncodedEvent;
import java.util.List;

/**
 * Consecutive events that have just become part of a replica.
 *
 * @param touchesAccess whether somebody's role may be another now
 */
record Taken(List<EncodedEvent> events, boolean touchesAccess) {}
