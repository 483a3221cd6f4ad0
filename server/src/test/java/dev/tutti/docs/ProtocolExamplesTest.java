package dev.tutti.docs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples of the pages about the protocol and about what is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolExamplesTest {
  private ExampleServer server;

  @BeforeAll
  void start() throws Exception {
    server = ExampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/protocol.md", "docs/chat.md", "docs/dashboards.md"})
  void theExamplesAreTrue(String page) throws Exception {
    new Examples(page, server.port()).run();
  }
}
