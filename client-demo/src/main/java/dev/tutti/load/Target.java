package dev.tutti.load;

import java.net.URI;

/**
 * The server under load.
 *
 * @param url its host and port; the dialect knows the path
 * @param token sent in {@code hello}; empty for a guest
 */
record Target(URI url, String token, Dialect dialect) {
  Target {
    if (!"ws".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
      throw new IllegalArgumentException("the url must look like ws://HOST:PORT, not " + url);
    }
  }
}
