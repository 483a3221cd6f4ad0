package dev.tutti.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void aSecretIsMadeOnceAndReadableByItsOwnerAlone() throws IOException {
    Path data = directory.resolve("new/data");
    Secret made = SecretFile.findOrCreate(data, new Random(1));
    assertThat(SecretFile.findOrCreate(data, new Random(2)).key()).isEqualTo(made.key());
    assertThat(made.key()).hasSize(43);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(SecretFile.in(data))))
        .isEqualTo("rw-------");
  }

  @Test
  void whereThereIsNoneNoneIsFound() throws IOException {
    assertThat(SecretFile.find(directory)).isEmpty();
  }

  @Test
  void aSecretThatIsTooShortIsRefusedWithoutBeingShown() throws IOException {
    Path file = Files.writeString(directory.resolve("short"), "hunter2\n");
    assertThatIOException()
        .isThrownBy(() -> SecretFile.read(file))
        .withMessageContaining("7 bytes")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void aSecretOfOneLetterIsNoSecret() throws IOException {
    Path file = Files.writeString(directory.resolve("plain"), "a".repeat(64));
    assertThatIOException().isThrownBy(() -> SecretFile.read(file)).withMessageContaining("random");
  }

  @Test
  void aDirectoryIsNoSecret() {
    assertThatIOException().isThrownBy(() -> SecretFile.read(directory));
  }

  @Test
  void aDerivedSecretIsAnotherOne() {
    Secret secret = Secret.of("a-secret-of-more-than-32-bytes-for-tests");
    assertThat(secret.derive("a").key()).isNotEqualTo(secret.derive("b").key());
    assertThat(secret.derive("a").key()).isEqualTo(secret.derive("a").key());
  }
}
