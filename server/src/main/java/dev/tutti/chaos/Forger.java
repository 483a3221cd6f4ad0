package dev.tutti.chaos;

import dev.tutti.fleet.SharedRedis;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.random.RandomGenerator;

/**
 * Somebody with the password of Redis who means no good: listens to what the instances tell each
 * other, and says it again, and worse.
 */
final class Forger {
  private static final int HEARD = 200;
  private static final int SAID = 400;
  private static final Duration LISTENS = Duration.ofSeconds(2);

  private record Message(byte[] channel, byte[] body) {}

  private Forger() {}

  /** Deletes everything and throws every subscriber out. */
  static void flush(SharedRedis redis) {
    try (RedisClient client = RedisClient.create(redis.url(redis.port()))) {
      var commands = client.connect().sync();
      commands.flushall();
      commands.scriptFlush();
      commands.clientKill(KillArgs.Builder.typePubsub());
    }
  }

  /** Listens for two seconds, then repeats, mutilates and makes up messages. */
  static void forge(SharedRedis redis, RandomGenerator random) {
    Queue<Message> heard = new ArrayBlockingQueue<>(HEARD);
    try (RedisClient client = RedisClient.create(redis.url(redis.port()))) {
      var listening = client.connectPubSub(ByteArrayCodec.INSTANCE);
      listening.addListener(
          new RedisPubSubAdapter<byte[], byte[]>() {
            @Override
            public void message(byte[] pattern, byte[] channel, byte[] message) {
              heard.offer(new Message(channel, message));
            }
          });
      listening.sync().psubscribe("*".getBytes(StandardCharsets.US_ASCII));
      Bed.becomes(() -> heard.size() == HEARD, LISTENS);
      List<Message> messages = List.copyOf(heard);
      listening.sync().punsubscribe("*".getBytes(StandardCharsets.US_ASCII));
      var speaking = client.connect(ByteArrayCodec.INSTANCE).sync();
      for (int i = 0; i < SAID && !messages.isEmpty(); i++) {
        Message message = messages.get(random.nextInt(messages.size()));
        speaking.publish(message.channel(), worse(message.body(), random));
      }
    }
  }

  private static byte[] worse(byte[] body, RandomGenerator random) {
    byte[] copy = body.clone();
    if (copy.length == 0) {
      return copy;
    }
    switch (random.nextInt(4)) {
      case 0 -> {} // The same once more.
      case 1 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case 2 -> {
        for (int i = 0; i < 3; i++) {
          copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> random.nextBytes(copy);
    }
    return copy;
  }
}
