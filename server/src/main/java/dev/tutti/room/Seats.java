package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.LoopRoom;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who reads a room on this instance, on which loop, with which role. Owned by the room's thread.
 */
final class Seats {
  private static final class Seated {
    Member member;
    final LoopRoom loop;
    Role role;

    Seated(Member member, LoopRoom loop, Role role) {
      this.member = member;
      this.loop = loop;
      this.role = role;
    }
  }

  private static final class Loop {
    final LoopRoom room;
    int readers;

    Loop(LoopRoom room) {
      this.room = room;
    }
  }

  private final RoomName room;
  private final Map<Reader, Seated> seated = new LinkedHashMap<>();
  private final Map<LoopFanout, Loop> loops = new LinkedHashMap<>();

  Seats(RoomName room) {
    this.room = room;
  }

  boolean isEmpty() {
    return seated.isEmpty();
  }

  void add(Member member, Role role) {
    Loop loop = loops.computeIfAbsent(member.loop(), l -> new Loop(new LoopRoom(l, room)));
    if (seated.put(member.reader(), new Seated(member, loop.room, role)) == null) {
      loop.readers++;
    }
  }

  Optional<Member> member(Reader reader) {
    return Optional.ofNullable(seated.get(reader)).map(s -> s.member);
  }

  /** Takes a member out; {@code after} runs on its loop when nothing more comes to it. */
  Optional<Member> remove(Reader reader, Runnable after) {
    Seated gone = seated.remove(reader);
    if (gone == null) {
      return Optional.empty();
    }
    gone.loop.remove(reader, after);
    release(gone.member.loop());
    return Optional.of(gone.member);
  }

  private void release(LoopFanout key) {
    Loop loop = loops.get(key);
    if (loop != null && --loop.readers == 0) {
      loops.remove(key);
    }
  }

  /** A member has other claims now; looked at by the next {@link #review}. */
  void reclaim(Reader reader, Claim claim) {
    Seated seat = seated.get(reader);
    if (seat != null) {
      seat.member = seat.member.with(claim);
    }
  }

  /** Takes a member out that has not been written to yet. */
  void leave(Reader reader) {
    Seated gone = seated.remove(reader);
    if (gone != null) {
      release(gone.member.loop());
    }
  }

  /**
   * Brings one reader to {@code seq}, by messages that follow {@code from} unless it is negative.
   */
  void bring(Reader reader, String epoch, long from, long seq, Supplier<List<byte[]>> payloads) {
    Seated seat = seated.get(reader);
    if (seat != null) {
      seat.loop.bring(reader, epoch, from, seq, payloads);
    }
  }

  /** What everyone holds is void. */
  void restart() {
    loops.values().forEach(loop -> loop.room.restart());
  }

  void events(List<EncodedEvent> events) {
    loops.values().forEach(loop -> loop.room.events(events));
  }

  void passing(ServerMessage message) {
    loops.values().forEach(loop -> loop.room.passing(message));
  }

  /** Looks at every role again; returns the members who may no longer read, taken out. */
  List<Member> review(Function<Claim, Role> roles) {
    List<Member> gone = new ArrayList<>();
    for (Seated seat : List.copyOf(seated.values())) {
      Member member = seat.member;
      Role role = roles.apply(member.claim());
      if (role == seat.role) {
        continue;
      }
      seat.role = role;
      if (role.atLeast(Role.VIEWER)) {
        member.loop().answer(() -> member.seat().role(role));
      } else {
        remove(
            member.reader(),
            () -> member.seat().removed("Your access to this room was withdrawn."));
        gone.add(member);
      }
    }
    return gone;
  }
}
