package dev.tutti.clients;

import dev.tutti.client.Connection;
import dev.tutti.client.Room;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A process that keeps in a file what it says to a server it cannot reach, and lives until it is
 * killed. Its arguments: the address, the file, the room, how many tickets it adds.
 */
final class OfflineProgram {
  private OfflineProgram() {}

  public static void main(String[] args) throws InterruptedException {
    try (Connection connection =
        Connection.to(args[0]).name("Ana").outbox(Path.of(args[1])).connect()) {
      Room room = connection.room(args[2]);
      for (int i = 1; i <= Integer.parseInt(args[3]); i++) {
        room.send("ticket.add", Map.of("column", "todo", "title", "Ticket " + i));
      }
      System.out.println(connection.status().waiting() + " waiting");
      new CountDownLatch(1).await();
    }
  }
}
