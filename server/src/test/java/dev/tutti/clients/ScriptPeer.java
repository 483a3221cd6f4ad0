package dev.tutti.clients;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code tutti.js}, in a page that plays what {@code peer.js} says. One thread. */
final class ScriptPeer implements Peer {
  private static final JsonMapper JSON = new JsonMapper();

  private final Page page;
  private final int number;

  ScriptPeer(Page page, int port, Who who) {
    this.page = page;
    this.number =
        ((Number)
                page.evaluate(
                    "([url, name, token, asking]) => window.peer(url, name, token, asking)",
                    List.of(
                        "ws://127.0.0.1:" + port + "/v1/ws",
                        who.name(),
                        who.token(),
                        who instanceof Who.Asking)))
            .intValue();
  }

  private JsonNode call(String method, Object... args) {
    Object said =
        page.evaluate(
            "async ([n, method, args]) =>"
                + " JSON.stringify((await window.peers[n][method](...args)) ?? null)",
            List.of(number, method, List.of(args)));
    return said == null ? JsonNodeFactory.instance.nullNode() : JSON.readTree((String) said);
  }

  private String text(String method, Object... args) {
    return call(method, args).asString("");
  }

  private List<String> texts(String method, Object... args) {
    List<String> texts = new ArrayList<>();
    call(method, args).forEach(each -> texts.add(each.asString()));
    return texts;
  }

  @Override
  public void join(String room) {
    call("join", room);
  }

  @Override
  public JsonNode document(String room) {
    return call("document", room);
  }

  @Override
  public JsonNode confirmed(String room) {
    return call("confirmed", room);
  }

  @Override
  public String epoch(String room) {
    return text("epoch", room);
  }

  @Override
  public String role(String room) {
    return text("role", room);
  }

  @Override
  public String closed(String room) {
    return text("closed", room);
  }

  @Override
  public void send(String handle, String room, String name, String args) {
    send(handle, room, name, args, "", "");
  }

  @Override
  public void send(
      String handle, String room, String name, String args, String key, String expect) {
    call("send", handle, room, name, args, key, expect);
  }

  @Override
  public void undo(String handle, String room) {
    call("undo", handle, room);
  }

  @Override
  public void redo(String handle, String room) {
    call("redo", handle, room);
  }

  @Override
  public String outcome(String handle) {
    return text("outcome", handle);
  }

  @Override
  public void leave(String room) {
    call("leave", room);
  }

  @Override
  public void signIn(String next) {
    call("signIn", next);
  }

  @Override
  public void rename(String name) {
    call("rename", name);
  }

  @Override
  public int asked() {
    return call("asked").asInt();
  }

  @Override
  public String code() {
    return text("code");
  }

  @Override
  public String session() {
    return text("session");
  }

  @Override
  public String status() {
    return text("status");
  }

  @Override
  public long retryMillis() {
    return call("retryMillis").asLong(-1);
  }

  @Override
  public String user() {
    return text("user");
  }

  @Override
  public List<Long> events(String room) {
    List<Long> events = new ArrayList<>();
    call("events", room).forEach(each -> events.add(each.asLong()));
    return events;
  }

  @Override
  public int resets(String room) {
    return call("resets", room).asInt();
  }

  @Override
  public List<String> members(String room) {
    return texts("members", room);
  }

  @Override
  public void presence(String room, String state) {
    call("presence", room, state);
  }

  @Override
  public void signal(String room, String topic, String data) {
    call("signal", room, topic, data);
  }

  @Override
  public List<String> signals(String room) {
    return texts("signals", room);
  }

  @Override
  public String history(String room, long before, int limit) {
    return text("history", room, (double) before, limit);
  }

  @Override
  public void tryNow() {
    call("tryNow");
  }

  @Override
  public void close() {
    call("close");
  }
}
