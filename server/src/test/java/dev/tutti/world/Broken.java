package dev.tutti.world;

import dev.tutti.probe.Promise;

/** A promise of the system was not kept. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Promise promise;

  Broken(Promise promise, String what) {
    super(promise + ": " + what);
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }
}
