package dev.tutti.sources;

/** Whose turn it is to ask a source: of the instances of a fleet only one's. */
public interface Turns extends AutoCloseable {
  /** Whether it is ours, and stays so until we are gone. Blocks; false where nobody can tell. */
  boolean mine(String source);

  @Override
  void close();
}
