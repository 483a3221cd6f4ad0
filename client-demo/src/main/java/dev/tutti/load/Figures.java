package dev.tutti.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What servers say of themselves at {@code /metrics}, summed up over all of them. Main thread. */
final class Figures implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Target> targets;
  private final String token;

  /**
   * @param token for {@code /metrics}; empty for servers of this machine that want none
   */
  Figures(List<Target> targets, String token) {
    this.targets = targets;
    this.token = token;
  }

  /** The samples whose line begins with one of these; empty where a server does not tell. */
  Optional<Double> sum(List<String> samples) throws InterruptedException {
    double sum = 0;
    for (Target target : targets) {
      Optional<String> page = page(target);
      if (page.isEmpty() || samples.stream().noneMatch(page.get()::contains)) {
        return Optional.empty();
      }
      sum +=
          page.get()
              .lines()
              .filter(line -> samples.stream().anyMatch(line::startsWith))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    return Optional.of(sum);
  }

  private Optional<String> page(Target target) throws InterruptedException {
    URI at =
        URI.create("http://" + target.url().getHost() + ":" + target.url().getPort() + "/metrics");
    HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
