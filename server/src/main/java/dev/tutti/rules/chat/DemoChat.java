package dev.tutti.rules.chat;

import static dev.tutti.protocol.chat.ChatCommand.BINDING;

import dev.tutti.protocol.chat.ChatCommand;
import dev.tutti.protocol.chat.MessageCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room to look at first. Each command has the same key at every start, so that sending all of
 * them again changes nothing, whatever people have said meanwhile.
 */
public final class DemoChat {
  /** The room that it is made for. */
  public static final String ROOM = "chat:general";

  private final List<Step> steps = new ArrayList<>();

  /** One command, ready to be sent. */
  public record Step(UUID key, String name, ObjectNode args) {}

  private DemoChat() {}

  /** The commands, in order. */
  public static List<Step> steps() {
    DemoChat demo = new DemoChat();
    demo.add(new ChatCommand.Rename("General"));
    demo.add(new ChatCommand.Topic("For everything that has no room of its own"));
    demo.say("welcome", "Welcome. Everyone who comes in here reads along, in one order.");
    demo.say(
        "how",
        "Lines can be **bold** or `code`, hold links such as https://example.org, and mention"
            + " somebody by `@` and their name.");
    demo.say("thread", "Answer this one to open a thread, or react to it. `?` shows the keys.");
    demo.add(new MessageCommand.React("thread", "👋"));
    demo.add(new MessageCommand.Pin("how"));
    return List.copyOf(demo.steps);
  }

  private void say(String id, String text) {
    add(new MessageCommand.Post(id, text, null));
  }

  private void add(ChatCommand command) {
    String name = BINDING.nameOf(command);
    String seed = "tutti demo chat 1, step " + steps.size() + ", " + name;
    UUID key = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    steps.add(new Step(key, name, BINDING.argsOf(command)));
  }
}
