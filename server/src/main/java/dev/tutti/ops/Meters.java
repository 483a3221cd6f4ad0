package dev.tutti.ops;

import dev.tutti.fanout.FanoutCounts;
import dev.tutti.postgres.JournalCounts;
import dev.tutti.postgres.JournalRead;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.protocol.Code;
import dev.tutti.redis.RedisRelay;
import dev.tutti.redis.RelayCounts;
import dev.tutti.relay.Relay;
import dev.tutti.room.RoomCounts;
import dev.tutti.room.Rooms;
import dev.tutti.room.RulesCounts;
import dev.tutti.session.SessionCounts;
import dev.tutti.session.Sessions;
import dev.tutti.sources.SourceCounts;
import dev.tutti.transport.SocketCounts;
import dev.tutti.transport.TransportServer;

/** The names of everything that the parts count: the one table of this server's own metrics. */
final class Meters {
  private static final String[] POOL = {"pool", "journal-readers"};

  private final Names names;

  Meters(Names names) {
    this.names = names;
  }

  void journal(PostgresJournal journal) {
    JournalCounts counts = journal.counts();
    names.distribution(
        "tutti_commit_seconds", "One append statement and its commit.", counts.commit());
    names.distribution("tutti_commit_rooms", "Rooms in one commit.", counts.batches());
    names.distribution("tutti_commit_events", "Events in one commit.", counts.events());
    names.count(
        "tutti.commit.failures", "Append statements that PostgreSQL failed.", counts.failures());
    names.counts(
        "tutti.journal.reads",
        "Questions to PostgreSQL, by what for.",
        counts.reads(),
        "what",
        JournalRead::word);
    names.gauge("tutti.journal.batches", "Waiting for a lane.", journal::waitingBatches);
    names.gauge("tutti.journal.questions", "Waiting for a reader.", journal::waitingQuestions);
    names.gauge(
        "hikaricp.connections.active", "In use.", () -> journal.readerPool().active(), POOL);
    names.gauge(
        "hikaricp.connections.idle", "Not in use.", () -> journal.readerPool().idle(), POOL);
    names.gauge(
        "hikaricp.connections.pending",
        "Threads without a connection.",
        () -> journal.readerPool().waiting(),
        POOL);
    names.gauge(
        "hikaricp.connections.max",
        "The most there may be.",
        () -> journal.readerPool().max(),
        POOL);
  }

  void rooms(Rooms rooms, RoomCounts counts) {
    names.gauge("tutti.rooms", "Rooms that are loaded.", rooms::count);
    names.count("tutti.room.loads", "Rooms read from the journal.", counts.loads());
    names.count("tutti.room.load.failures", "Attempts that failed.", counts.loadFailures());
    String appends = "Appends of a room, by how they ended.";
    names.count("tutti.appends", appends, counts.won(), "outcome", "won");
    names.count("tutti.appends", appends, counts.lost(), "outcome", "lost");
    names.count("tutti.appends", appends, counts.unknown(), "outcome", "unknown");
    names.count("tutti.appends", appends, counts.unavailable(), "outcome", "unavailable");
    names.count("tutti.turns.awaited", "Times that others appended first.", counts.waits());
    names.distribution("tutti_append_events", "Events of one committed append.", counts.batch());
    names.count("tutti.gaps.healed", "Times that missing events were read.", counts.healedGaps());
    names.count("tutti.events.healed", "Events that were read so.", counts.healedEvents());
    names.count("tutti.duplicates", "Commands that had happened already.", counts.duplicates());
    names.count("tutti.resets", "Readers sent the document, not events.", counts.resets());
    names.count("tutti.epoch.changes", "Rooms that began another life.", counts.lives());
    names.count("tutti.room.accidents", "Answers a room did not cope with.", counts.accidents());
    names.count("tutti.events.trimmed", "Old events that rooms let go of.", counts.trimmed());
  }

  void sources(SourceCounts sources) {
    names.count("tutti.source.polls", "Questions to sources.", sources.polls());
    names.count("tutti.source.failures", "Those that failed.", sources.failures());
    names.distribution("tutti_source_seconds", "One question to a source.", sources.time());
  }

  void rules(RulesCounts rules) {
    names.count("tutti.rules.failures", "Commands at which rules failed.", rules.failures());
    names.count("tutti.rules.overruns", "Commands over the time budget.", rules.overruns());
  }

  /** An instance without Redis shows zeros: dashboards find the same names everywhere. */
  void relay(Relay relay) {
    RelayCounts counts = relay instanceof RedisRelay redis ? redis.counts() : new RelayCounts();
    names.gauge(
        "tutti.relay.connected", "1 while others can be heard.", () -> relay.connected() ? 1 : 0);
    names.count("tutti.relay.published", "Messages handed to Redis.", counts.published());
    names.count("tutti.relay.unpublished", "Messages dropped instead.", counts.unpublished());
    names.count("tutti.relay.received", "Messages of others.", counts.received());
    names.count("tutti.relay.refused", "Malformed or forged messages.", counts.refused());
    names.count("tutti.relay.repeated", "Messages that came again.", counts.repeated());
    names.count("tutti.relay.overflown", "Messages no room had place for.", counts.overflown());
    names.count("tutti.relay.lost", "Times that Redis was lost.", counts.degraded());
    names.gauge(
        "tutti.relay.outbox.bytes",
        "Waiting to be handed to Redis.",
        () -> relay instanceof RedisRelay redis ? redis.waitingBytes() : 0);
    names.gauge(
        "tutti.relay.inbox.bytes",
        "Of others, waiting for their rooms.",
        () -> counts.waitingBytes().sum());
  }

  void sessions(Sessions sessions) {
    SessionCounts counts = sessions.counts();
    names.gauge("tutti.connections", "WebSockets and event streams.", sessions::count);
    names.count("tutti.connections.opened", "WebSockets that were opened.", counts.opened());
    names.count("tutti.rejected", "Tokens that were not good, or missing.", counts.rejected());
    names.count("tutti.commands.accepted", "Commands that were accepted.", counts.accepted());
    names.counts("tutti.refused", "Refusals, by code.", counts.refused(), "code", Code::wire);
    names.distribution("tutti_command_seconds", "From arrival to answer.", counts.commands());
    names.gauge(
        "tutti.ready",
        "Whether this instance takes connections.",
        () -> sessions.health().ready() ? 1 : 0);
  }

  void fanout(Sessions sessions) {
    FanoutCounts counts = sessions.fanoutCounts();
    names.distribution("tutti_fanout_seconds", "From a room to the kernel.", counts.latency());
    names.count("tutti.fanout.frames", "Frames of events to readers.", counts.frames());
    names.count("tutti.readers.skipped", "Readers passed over for now.", counts.skipped());
    names.count("tutti.fanout.dropped", "Batches that found no place.", counts.dropped());
    names.gauge("tutti.fanout.tasks", "In the longest queue.", sessions::longestQueue);
  }

  void sockets(TransportServer transport) {
    SocketCounts counts = transport.counts();
    names.gauge("tutti.sockets", "Open connections of every kind.", transport::connections);
    names.gauge("tutti.buffer.bytes", "Memory of socket buffers.", transport::bufferBytes);
    String closed = "WebSockets and streams that ended, by who began it and why.";
    counts
        .closed()
        .each((code, count) ->
            names.count(
                "tutti.connections.closed",
                closed,
                count,
                "by",
                "server",
                "code",
                Integer.toString(code.code())));
    counts
        .left()
        .each((how, count) ->
            names.count(
                "tutti.connections.closed", closed, count, "by", "client", "code", how.word()));
    names.gauge(
        "tutti.connection.pending.bytes.most",
        "What has waited in one connection at the worst.",
        counts.mostPending()::value);
    names.count("tutti.connections.dropped", "They did not read.", counts.dropped());
    names.count("tutti.handshakes.let.in", "WebSockets and streams.", transport.letIn());
    names.count("tutti.handshakes.put.off", "Told to come back.", transport.putOff());
    names.gauge(
        "tutti.handshakes.most.in.a.second",
        "The most that any second let in.",
        transport::mostLetInASecond);
    names.count("tutti.connections.turned.away", "Over a limit.", counts.turnedAway());
    names.count("tutti.accept.failures", "No file descriptor was left.", counts.notAccepted());
  }
}
