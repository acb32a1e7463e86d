package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of each process forget, whether it runs during an erasure or starts after it. */
@QuarkusTest
class ForgettingIndexTest {
  private static final String TRACE = "quidamour";

  private final OwnIndexes indexes;
  private final Fixture fixture;
  private final IndexCheck check;

  @TempDir private Path folder;

  ForgettingIndexTest(OwnIndexes indexes, Fixture fixture, IndexCheck check) {
    this.check = check;
    this.indexes = indexes;
    this.fixture = fixture;
  }

  @BeforeEach
  void somebodyInTheFiles() throws IOException {
    fixture.load();
    fixture.sql(
        "update company set description_fr = 'Fondée par Zéphyrine Quidamour.' where slug = 'ecran-vert'");
    indexes.open(folder).close();
    assertThat(hasTrace()).isTrue();
  }

  @AfterEach
  void noErasure() {
    fixture.sql("delete from personal_erasure where actor = 'test'");
  }

  private void erase() {
    fixture.sql("update company set description_fr = null where slug = 'ecran-vert'");
    fixture.sql(
        "insert into personal_erasure (id, at, actor, reason, terms, places)"
            + " values (gen_random_uuid(), now(), 'test', 'request', '[]', '[]')");
  }

  @Test
  void whileItFollows() throws IOException {
    try (OwnIndex index = indexes.open(folder)) {
      erase();
      index.catchUp();

      assertThat(hasTrace()).isFalse();
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void whenItStartsAfterwards() throws IOException {
    erase();
    try (OwnIndex index = indexes.open(folder)) {
      assertThat(hasTrace()).isFalse();
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void whenTheChangeWasThereBeforeTheErasure() throws IOException {
    fixture.sql("update company set description_fr = null where slug = 'ecran-vert'");
    indexes.open(folder).close();
    assertThat(hasTrace()).as("deleted, but in the file still").isTrue();
    erase();

    indexes.open(folder).close();

    assertThat(hasTrace()).isFalse();
  }

  @Test
  void isTheSameWhenItIsBuiltAfterAPersonWasErased() throws IOException {
    fixture.sql("update company set name = 'Zéphyrine Quidamour' where slug = 'ecran-vert'");
    Editor.team()
        .post(
            "/v1/erasures",
            "{\"names\": [\"Zéphyrine Quidamour\", \"Paul Saint\"], \"reason\": \"request\"}")
        .then()
        .statusCode(201);

    try (OwnIndex index = indexes.open(folder.resolve("anew"))) {
      assertThat(index.differences()).isEmpty();
      assertThat(index.shown("territory", "saint-paul-de-baise")).isNotNull();
      assertThat(Objects.requireNonNull(index.shown("company", "ecran-vert")).path("name").asText())
          .isEqualTo("[…]");
    }
    assertThat(check.compare().differences()).isEmpty();
  }

  private boolean hasTrace() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).anyMatch(ForgettingIndexTest::hasTrace);
    }
  }

  private static boolean hasTrace(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(TRACE);
    } catch (NoSuchFileException mergedAway) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
