package dev.tutti.trouble;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/**
 * A certificate that has signed itself, made now.
 *
 * @param chain as PEM
 * @param key as PEM
 */
public record TestCertificate(Certificate certificate, Path chain, Path key) {
  private static final String PASSWORD = "changeit";

  /** Makes one for 127.0.0.1, with its files in a folder. */
  public static TestCertificate in(Path folder) throws IOException, GeneralSecurityException {
    return of("ip:127.0.0.1", folder);
  }

  /**
   * Makes one, with its files in a folder.
   *
   * @param subject whose it is, such as {@code dns:localhost}
   */
  public static TestCertificate of(String subject, Path folder)
      throws IOException, GeneralSecurityException {
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
                "CN=" + subject.substring(subject.indexOf(':') + 1),
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    if (keytool.onExit().join().exitValue() != 0) {
      throw new AssertionError("keytool failed.");
    }
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    Certificate certificate = made.getCertificate("it");
    return new TestCertificate(
        certificate,
        pem(folder.resolve("chain.pem"), "CERTIFICATE", certificate.getEncoded()),
        pem(
            folder.resolve("key.pem"),
            "PRIVATE KEY",
            made.getKey("it", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
