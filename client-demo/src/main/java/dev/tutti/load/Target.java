package dev.tutti.load;

import java.net.URI;

/**
 * The server under load.
 *
 * @param url its host and port; the dialect knows the path
 * @param token sent in {@code hello}; empty for a guest
 */
record Target(URI url, String token, Dialect dialect) {}
