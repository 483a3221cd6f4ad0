package dev.tutti.client;

import java.util.UUID;

/** Which command: a key counts in its room. */
record Place(String room, UUID key) {}
