package dev.tutti.redis.embedded;

/** The embedded Redis could not be started. The message is a sentence or two for a person. */
public final class RedisFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedisFailed(String sentence) {
    super(sentence);
  }

  RedisFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
