package dev.tutti.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Before another journal: counts what it is asked, by the method's name, and answers when it is
 * told to. For tests in one thread.
 */
public final class CountedJournal {
  private final Map<String, Integer> questions = new TreeMap<>();
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private final Journal journal;

  public CountedJournal(Journal behind) {
    journal =
        (Journal)
            Proxy.newProxyInstance(
                Journal.class.getClassLoader(),
                new Class<?>[] {Journal.class},
                (proxy, method, arguments) -> {
                  questions.merge(method.getName(), 1, Integer::sum);
                  CompletableFuture<Object> answer = new CompletableFuture<>();
                  answers.add(() -> answer.complete(ask(behind, method, arguments)));
                  return answer;
                });
  }

  private static Object ask(Journal behind, Method method, Object[] arguments) {
    try {
      return ((CompletableFuture<?>) method.invoke(behind, arguments)).join();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  public Journal journal() {
    return journal;
  }

  /** How often each method was called. */
  public Map<String, Integer> questions() {
    return questions;
  }

  /** Answers the question that has waited longest; false where none waits. */
  public boolean answerNext() {
    Runnable next = answers.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }
}
