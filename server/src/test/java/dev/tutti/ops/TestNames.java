package dev.tutti.ops;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers questions for names (RFC 1035) with an address, or that there is no such name. */
public final class TestNames implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int MAX_BYTES = 512;
  private static final short ANSWERED = (short) 0x8180;
  private static final short NO_SUCH_NAME = (short) 0x8183;
  private static final short TO_THE_NAME_ASKED_FOR = (short) 0xc00c;

  private final DatagramSocket socket;
  private final AtomicInteger answered = new AtomicInteger();
  private final Map<String, byte[]> addresses = new ConcurrentHashMap<>();
  private volatile byte[] address = {};

  public TestNames() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("names").start(this::run);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** What every name leads to from now on. */
  void answer(String ip) throws IOException {
    address = InetAddress.ofLiteral(ip).getAddress();
    answered.set(0);
  }

  /** Where one name leads from now on, by its first word. */
  public void lead(String name, String ip) {
    addresses.put(name, InetAddress.ofLiteral(ip).getAddress());
  }

  /** How often it has said so. */
  int answered() {
    return answered.get();
  }

  private void run() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        socket.receive(packet);
        byte[] reply = reply(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private byte[] reply(ByteBuffer question) {
    int end = HEADER;
    while (question.get(end) != 0) {
      end += question.get(end) + 1;
    }
    end += 1;
    byte[] name = new byte[question.get(HEADER)];
    question.get(HEADER + 1, name);
    byte[] address =
        addresses.getOrDefault(new String(name, StandardCharsets.US_ASCII), this.address);
    boolean known = address.length == 4 && question.getShort(end) == 1;
    ByteBuffer reply = ByteBuffer.allocate(MAX_BYTES);
    reply.putShort(question.getShort(0));
    reply.putShort(address.length == 4 ? ANSWERED : NO_SUCH_NAME);
    reply.putShort((short) 1).putShort((short) (known ? 1 : 0)).putShort((short) 0);
    reply.putShort((short) 0);
    reply.put(question.array(), HEADER, end + 4 - HEADER);
    if (known) {
      reply.putShort(TO_THE_NAME_ASKED_FOR).putShort((short) 1).putShort((short) 1);
      reply.putInt(1).putShort((short) 4).put(address);
    }
    byte[] bytes = new byte[reply.position()];
    reply.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
