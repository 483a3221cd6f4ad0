package dev.tutti.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server shows to be who it is; without it, it speaks plain text.
 *
 * @param chain a PEM file: its certificate, and those between it and a root
 * @param key a PEM file: the private key, without a password
 */
public record Certificate(Path chain, Path key) {

  static Optional<Certificate> read(Reading reading) {
    boolean chain = reading.isGiven(Setting.TLS_CERT);
    boolean key = reading.isGiven(Setting.TLS_KEY);
    if (chain != key) {
      reading.problem("--tls-cert and --tls-key go together; one of them is missing.");
    }
    return chain && key
        ? Optional.of(
            new Certificate(reading.path(Setting.TLS_CERT), reading.path(Setting.TLS_KEY)))
        : Optional.empty();
  }
}
