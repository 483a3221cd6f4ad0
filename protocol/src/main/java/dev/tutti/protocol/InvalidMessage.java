package dev.tutti.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Input that breaks the protocol: carries the code and the sentence that the sender gets. It has no
 * stack trace, because a hostile client must not be able to make us fill one per message.
 */
public final class InvalidMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String sentence;
  private final @Nullable String path;
  private @Nullable Long id;

  /** A refusal that concerns the message as a whole. */
  public InvalidMessage(Code code, String sentence) {
    this(code, sentence, null);
  }

  /** A refusal that concerns the field at {@code path}, for example {@code args.title}. */
  public InvalidMessage(Code code, String sentence, @Nullable String path) {
    super(sentence, null, false, false);
    this.code = code;
    this.sentence = sentence;
    this.path = path;
  }

  /** This refusal, naming the {@code id} of the message that it answers. */
  public InvalidMessage answering(long id) {
    this.id = id;
    return this;
  }

  public Code code() {
    return code;
  }

  /** A sentence for a person: what is wrong, and what would be right. */
  public String sentence() {
    return sentence;
  }

  /** Where in the message, when it is one field. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** The {@code id} of the message, where it could still be read. */
  public Optional<Long> id() {
    return Optional.ofNullable(id);
  }
}
