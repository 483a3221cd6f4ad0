package dev.tutti.redis;

import dev.tutti.redis.RedisSettings.Address;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Opens connections. They never come back by themselves and keep nothing while they are away: what
 * is lost is opened anew. Safe on any thread, and never blocks but to close.
 */
final class Connector implements AutoCloseable {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final RedisSettings settings;
  private final ClientResources resources;
  private final RedisClient client;

  Connector(RedisSettings settings) {
    this.settings = settings;
    this.resources =
        ClientResources.builder().ioThreadPoolSize(THREADS).computationThreadPoolSize(2).build();
    this.client = RedisClient.create(resources);
    client.setOptions(options(settings));
  }

  private static ClientOptions options(RedisSettings settings) {
    SslOptions.Builder tls = SslOptions.builder().handshakeTimeout(PATIENCE);
    settings.authorities().ifPresent(file -> tls.trustManager(file.toFile()));
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).keepAlive(true).build())
        .sslOptions(tls.build())
        .build();
  }

  CompletionStage<StatefulRedisConnection<String, byte[]>> connect(Address to) {
    return client.connectAsync(CODEC, uri(to));
  }

  CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> connectToListen(Address to) {
    return client.connectPubSubAsync(CODEC, uri(to));
  }

  private RedisURI uri(Address to) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(to.host())
            .withPort(to.port())
            .withSsl(settings.tls())
            .withClientName("tutti")
            .withTimeout(PATIENCE);
    if (!settings.user().isEmpty()) {
      uri.withAuthentication(settings.user(), settings.password().toCharArray());
    } else if (!settings.password().isEmpty()) {
      uri.withPassword(settings.password().toCharArray());
    }
    return uri.build();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, GOODBYE);
    resources.shutdown(0, GOODBYE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
  }
}
