package fr.digital113.directory.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.erasure.Journal.Entry;
import fr.digital113.directory.erasure.Terms.Kind;
import fr.digital113.directory.erasure.Terms.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("erasures/journal.ndjson");
  }

  private Journal journal() {
    return new Journal(Optional::empty, new DataFolder(folder));
  }

  private static Entry entry() {
    ErasureKey key = ErasureKey.random();
    return new Entry(
        UUID.randomUUID(),
        "2026-01-05T10:00:00Z",
        "request",
        key.text(),
        List.of(Term.of(Kind.EMAIL, "jeanne@example.org").hashed(key)));
  }

  @Test
  void isReadByTheNextProcess() throws IOException {
    Entry one = entry();
    Entry two = entry();
    journal().append(one);
    journal().append(two);
    journal().append(two); // a commit that was tried again

    assertThat(journal().entries()).containsExactly(one, two);
    assertThat(Files.readString(file)).doesNotContain("jeanne");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(journal().entries()).isEmpty();
  }

  @Test
  void isKeptWhereItIsConfigured() {
    Path other = folder.resolve("elsewhere/erasures");
    Journal journal = new Journal(() -> Optional.of(other), new DataFolder(folder));

    journal.append(entry());

    assertThat(other.resolve("journal.ndjson")).exists();
    assertThat(file).doesNotExist();
  }

  @Test
  void passesOverALineThatWasCutOff() throws IOException {
    Entry one = entry();
    Entry two = entry();
    journal().append(one);
    Files.writeString(file, "{\"id\":\"0190", StandardOpenOption.APPEND);
    assertThat(journal().entries()).containsExactly(one);

    journal().append(two);

    assertThat(journal().entries()).containsExactly(one, two);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"i", "{\"id\":", "{\"id\":\""})
  void passesOverALineThatWasCutOffAtItsBeginning(String torn) throws IOException {
    Entry one = entry();
    Files.createDirectories(file.getParent());
    Files.writeString(file, torn);
    assertThat(journal().entries()).isEmpty();

    journal().append(one);

    assertThat(journal().entries()).containsExactly(one);
  }

  @Test
  void refusesOneThatIsDamaged() throws IOException {
    journal().append(entry());
    Files.writeString(file, "oops\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> journal().entries()).hasMessageContaining("Line 2");
  }
}
