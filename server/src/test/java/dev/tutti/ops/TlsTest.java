package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.trouble.TestCertificate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class TlsTest {
  private final Path folder = TestPostgres.folder();

  @Test
  void aServerSpeaksTlsWithTheCertificateThatItWasGiven() throws Exception {
    TestCertificate made = TestCertificate.in(folder);
    Map<String, String> tls =
        Map.of("TUTTI_TLS_CERT", made.chain().toString(), "TUTTI_TLS_KEY", made.key().toString());
    try (Observed server = Observed.with(tls);
        HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(made)).build()) {
      assertThat(server.at("/").getScheme()).isEqualTo("https");
      HttpRequest request = HttpRequest.newBuilder(server.at("/health/ready")).build();
      assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    var given = new Given(Map.of(), Map.of("TUTTI_TLS_CERT", "chain.pem"));
    assertThat(ServerConfig.conclude(given))
        .isEqualTo(
            new Conclusion.Refused(
                List.of("--tls-cert and --tls-key go together; one of them is missing.")));
  }

  private static SSLContext trusting(TestCertificate made) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", made.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
