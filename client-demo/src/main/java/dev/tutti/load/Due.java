package dev.tutti.load;

/** Something that is done on a schedule, on its lane's event loop. */
interface Due {
  /** It is due; the time may lie a little (or, under load, a lot) in the past. */
  void due(long dueNanos);

  Lane lane();
}
