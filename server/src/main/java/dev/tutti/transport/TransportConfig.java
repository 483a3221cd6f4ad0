package dev.tutti.transport;

import dev.tutti.config.AddressRange;
import dev.tutti.protocol.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where and how to listen.
 *
 * @param host the address to bind, for example {@code 127.0.0.1}
 * @param port the port to bind; 0 takes any free one
 * @param tls the certificate to serve, or empty for plain text
 * @param deflate whether to agree to permessage-deflate (RFC 7692) when a client offers it
 * @param trustedProxies who may say whom a connection is for
 * @param sockets what sockets may cost
 * @param limits the protocol's limits, of which the message and fragment limits are kept here
 */
public record TransportConfig(
    String host,
    int port,
    Optional<Tls> tls,
    boolean deflate,
    List<AddressRange> trustedProxies,
    SocketLimits sockets,
    Limits limits) {

  /** A certificate chain and its private key, both PEM files. */
  public record Tls(Path certificate, Path key) {}

  /** Plain text on {@code host} and {@code port}, within the default limits. */
  public static TransportConfig of(String host, int port) {
    return new TransportConfig(
        host, port, Optional.empty(), false, List.of(), SocketLimits.DEFAULTS, Limits.DEFAULTS);
  }
}
