package dev.tutti.room;

import dev.tutti.rules.Document;

/**
 * A room as the server itself sees it.
 *
 * @param members that look at it, on all instances
 */
public record Look(int members, Document document) {}
