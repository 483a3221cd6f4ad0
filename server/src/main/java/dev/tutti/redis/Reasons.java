package dev.tutti.redis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Why something failed, in a few words for a log: the innermost cause, which names no secret. */
final class Reasons {
  private static final int MAX_CHARS = 200;

  private Reasons() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException
            || cause instanceof io.lettuce.core.RedisException)) {
      cause = cause.getCause();
    }
    if (cause instanceof TimeoutException) {
      return "it does not answer";
    }
    String message = cause.getMessage();
    String text = message == null ? cause.getClass().getSimpleName() : message;
    String sentence = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return sentence.length() <= MAX_CHARS ? sentence : sentence.substring(0, MAX_CHARS) + "…";
  }
}
