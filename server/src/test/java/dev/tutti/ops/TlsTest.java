package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.postgres.TestPostgres;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  private final Path folder = TestPostgres.folder();
  private final Path chain = folder.resolve("chain.pem");
  private final Path key = folder.resolve("key.pem");

  @Test
  void aServerSpeaksTlsWithTheCertificateThatItWasGiven() throws Exception {
    KeyStore made = makeCertificate();
    Map<String, String> tls =
        Map.of("TUTTI_TLS_CERT", chain.toString(), "TUTTI_TLS_KEY", key.toString());
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

  private KeyStore makeCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "it",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    }
    pem(chain, "CERTIFICATE", made.getCertificate("it").getEncoded());
    pem(key, "PRIVATE KEY", made.getKey("it", PASSWORD).getEncoded());
    return made;
  }

  private static void pem(Path file, String kind, byte[] bytes) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static SSLContext trusting(KeyStore made) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", made.getCertificate("it"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
