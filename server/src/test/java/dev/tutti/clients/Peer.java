package dev.tutti.clients;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One client of either library, as a story sees it. */
interface Peer extends AutoCloseable {
  /** Joins a room, and hears of it from then on. Renaming a column is predicted. */
  void join(String room);

  /** What it shows, its own pending changes included. */
  JsonNode document(String room);

  JsonNode confirmed(String room);

  /** Empty before the document has come. */
  String epoch(String room);

  String role(String room);

  /** The code for which the room cannot be had; empty if it can. */
  String closed(String room);

  /** Sends; what became of it is asked for by {@code handle}. */
  void send(String handle, String room, String name, String args);

  /** The same with a key and an expectation; both may be empty. */
  void send(String handle, String room, String name, String args, String key, String expect);

  void undo(String handle, String room);

  void redo(String handle, String room);

  /** {@code seq N}, the code of a refusal, or empty while there is none. */
  String outcome(String handle);

  /** Leaves a room for good. */
  void leave(String room);

  /** The token that it gives from now on when it is asked. */
  void signIn(String token);

  /** Goes on under another name. */
  void rename(String name);

  /** How often it was asked for a token. */
  int asked();

  /** Why it is closed for good, in a word; else empty. */
  String code();

  /** Names the connection that it has. */
  String session();

  /** {@code saved}, or {@code offline, 3 waiting}. */
  String status();

  /** Milliseconds until it connects again; negative when it does not mean to. */
  long retryMillis();

  String user();

  /** The numbers of the events that it was told of, in order. */
  List<Long> events(String room);

  /** How often the document came whole. */
  int resets(String room);

  /** Names and states of who is here, sorted: {@code Ana {"at":"t1"}}. */
  List<String> members(String room);

  void presence(String room, String state);

  void signal(String room, String topic, String data);

  /** {@code topic data} of what was heard. */
  List<String> signals(String room);

  /** The first of a page of the past, ascending, and whether there are more before. */
  String history(String room, long before, int limit);

  void tryNow();

  @Override
  void close();
}
