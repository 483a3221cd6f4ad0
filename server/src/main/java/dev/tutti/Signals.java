package dev.tutti;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. The JVM begins to end at the first SIGTERM or Ctrl-C and is deaf
 * to all others; a person who presses Ctrl-C again means something by it. {@code sun.misc.Signal}
 * is the one way to hear that, and is named at run time only, since javac warns of it.
 */
final class Signals {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /** From now on these signals call {@code task}, on a thread of their own, and do nothing else. */
  static void hear(Runnable task) {
    for (String name : List.of("TERM", "INT")) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object hearing =
            Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, args) -> {
                  task.run();
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), hearing);
      } catch (ReflectiveOperationException e) {
        // Another JVM, or one started with -Xrs: the deadlines of the shut-down hold all the same.
        log.debug("SIG{} is not heard again: {}", name, e.toString());
      }
    }
  }
}
