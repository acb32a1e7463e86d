package fr.digital113.directory.index;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an index makes of the files that it finds when it is opened. */
@QuarkusTest
class IndexFilesTest {
  private static final String COMPANY = "0190a000-0000-7000-8000-000000000002";

  private final ChangeFeed feed;
  private final OwnIndexes indexes;
  private final Fixture fixture;

  @TempDir private Path folder;

  IndexFilesTest(ChangeFeed feed, OwnIndexes indexes, Fixture fixture) {
    this.feed = feed;
    this.indexes = indexes;
    this.fixture = fixture;
  }

  @BeforeEach
  void anIndexOnDisk() throws IOException {
    fixture.load();
    try (OwnIndex index = opened()) {
      assertThat(index.written()).contains("company:" + COMPANY, "territory:31555");
    }
  }

  @Test
  void isTakenAsItIsWhenNothingHappened() throws IOException {
    try (OwnIndex index = opened()) {
      assertThat(index.written()).isEmpty();
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void catchesUpWithWhatItMissed() throws IOException {
    fixture.sql("update company set phone = '+33536490002' where slug = 'ecran-vert'");
    fixture.sql("delete from factory where slug = 'edition-responsable'");

    try (OwnIndex index = opened()) {
      assertThat(index.written()).containsExactly("company:" + COMPANY);
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void catchesUpFromFilesThatWereOpenedAhead() throws IOException {
    fixture.sql("update company set phone = '+33536490002' where slug = 'ecran-vert'");

    try (OwnIndex index = indexes.closed(Visibility.PUBLIC, folder)) {
      assertThat(index.openAhead()).isTrue();
      index.open();

      assertThat(index.written()).containsExactly("company:" + COMPANY);
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void isBuiltAgainWhenWhatWasOpenedAheadIsOfAnotherEpoch() throws IOException {
    fixture.sql("update epoch set id = gen_random_uuid()");

    try (OwnIndex index = indexes.closed(Visibility.PUBLIC, folder)) {
      assertThat(index.openAhead()).isTrue();
      index.open();

      assertThat(index.written()).contains("company:" + COMPANY, "territory:31555");
      assertThat(index.differences()).isEmpty();
    }
  }

  /** What they say of themselves tells {@link EpochCheck} that a backup was put back. */
  @Test
  void leavesDamagedFilesAloneUntilTheDatabaseWasAsked() throws IOException {
    String name =
        namesOfFiles().stream().filter(each -> !each.startsWith("segments_")).findFirst().get();
    Path file = folder.resolve(name);
    Files.write(file, Damage.FLIPPED_BYTE_IN_THE_MIDDLE.applyTo(Files.readAllBytes(file)));
    List<String> before = namesOfFiles();

    try (OwnIndex index = indexes.closed(Visibility.PUBLIC, folder)) {
      assertThat(index.openAhead()).isFalse();
      assertThat(namesOfFiles()).isEqualTo(before);
      assertThat(IndexStore.lastCommit(folder)).isNotNull();
      index.open();

      assertThat(index.written()).contains("company:" + COMPANY, "territory:31555");
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void isBuiltWhenItIsMissing() throws IOException {
    PathUtils.deleteDirectory(folder);

    assertIsBuiltAgain();
  }

  @Test
  void isBuiltAgainWhicheverFileIsDamaged() throws IOException {
    Path sound = folder.resolveSibling(folder.getFileName() + "-sound");
    PathUtils.copyDirectory(folder, sound);
    List<String> names = namesOfFiles();
    assertThat(names).anyMatch(name -> name.startsWith("segments_")).hasSizeGreaterThan(2);
    for (String name : names) {
      for (Damage damage : Damage.values()) {
        PathUtils.cleanDirectory(folder);
        PathUtils.copyDirectory(sound, folder);
        Path file = folder.resolve(name);
        Files.write(file, damage.applyTo(Files.readAllBytes(file)));
        assertStartsEmpty("%s of %s".formatted(damage, name));
      }
      PathUtils.cleanDirectory(folder);
      PathUtils.copyDirectory(sound, folder);
      Files.delete(folder.resolve(name));
      assertStartsEmpty(name + " is gone");
    }
    PathUtils.deleteDirectory(sound);
    assertIsBuiltAgain();
  }

  private void assertStartsEmpty(String damage) throws IOException {
    try (IndexStore store = IndexStore.open(folder)) {
      assertThat(store.committed()).as(damage).isNull();
      assertThat(store.writer().getDocStats().numDocs).as(damage).isZero();
    }
  }

  @Test
  void isNotHeldUpByFilesThatAreNotItsOwn() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "not of Lucene");
    Files.writeString(folder.resolve("segments_1 (copy)"), "nor this");
    Files.writeString(folder.resolve("segments_zzzz"), "nor this");

    try (OwnIndex index = opened()) {
      assertThat(index.differences()).isEmpty();
    }
  }

  @Test
  void isBuiltAgainWhenItIsOfAnotherVersion() throws IOException {
    LogHead head = feed.head();
    mark(
        Map.of(
            "version", "0",
            "epoch", head.epoch(),
            "revision", Long.toString(head.revision()),
            "publicRevision", Long.toString(head.publicRevision())));

    assertIsBuiltAgain();
  }

  @Test
  void isBuiltAgainWhenItIsOfAnotherEpoch() throws IOException {
    fixture.sql("update epoch set id = gen_random_uuid()");

    assertIsBuiltAgain();
  }

  @Test
  void isBuiltAgainWhenItIsAheadOfItsDatabase() throws IOException {
    LogHead head = feed.head();
    mark(
        new IndexState(
                head.epoch(),
                head.revision() + 1,
                head.committedAt(),
                head.publicRevision() + 1,
                head.publicAt(),
                head.erasures())
            .toCommit());

    assertIsBuiltAgain();
  }

  @Test
  void isBuiltAgainWhenItsRevisionIsAnotherByNow() throws IOException {
    LogHead head = feed.head();
    mark(
        new IndexState(
                head.epoch(),
                head.revision(),
                requireNonNull(head.committedAt()).minusMillis(1),
                head.publicRevision(),
                head.publicAt(),
                head.erasures())
            .toCommit());

    assertIsBuiltAgain();
    assertThat(feed.head().epoch()).isNotEqualTo(head.epoch());
  }

  @Test
  void isTakenWhenItDoesNotSayWhichRevisionOfTheNumberItHolds() throws IOException {
    LogHead head = feed.head();
    mark(
        new IndexState(
                head.epoch(),
                head.revision(),
                null,
                head.publicRevision(),
                head.publicAt(),
                head.erasures())
            .toCommit());

    try (OwnIndex index = opened()) {
      assertThat(index.written()).isEmpty();
      assertThat(feed.head().epoch()).isEqualTo(head.epoch());
    }
  }

  private void assertIsBuiltAgain() throws IOException {
    Set<String> all;
    try (OwnIndex index = opened()) {
      all = index.written();
      assertThat(index.differences()).isEmpty();
      try (Snapshot snapshot = index.acquire()) {
        assertThat(all).hasSize(snapshot.reader().numDocs());
        assertThat(snapshot.appliedRevision()).isEqualTo(feed.head().revision());
        assertThat(snapshot.epoch()).isEqualTo(feed.head().epoch());
      }
    }
    try (OwnIndex index = opened()) {
      assertThat(index.written()).as("at the start after that").isEmpty();
    }
  }

  private OwnIndex opened() {
    return indexes.open(folder);
  }

  /** Makes the last commit say something else about its content. */
  private void mark(Map<String, String> commit) throws IOException {
    try (IndexStore store = IndexStore.open(folder)) {
      store.writer().setLiveCommitData(commit.entrySet());
      store.writer().commit();
    }
  }

  private List<String> namesOfFiles() {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.equals("write.lock"))
              .sorted()
              .toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private enum Damage {
    NO_BYTES {
      @Override
      byte[] applyTo(byte[] content) {
        return new byte[0];
      }
    },
    HALF_OF_THE_BYTES {
      @Override
      byte[] applyTo(byte[] content) {
        return Arrays.copyOf(content, content.length / 2);
      }
    },
    FLIPPED_FIRST_BYTE {
      @Override
      byte[] applyTo(byte[] content) {
        content[0] ^= 0x40;
        return content;
      }
    },
    FLIPPED_BYTE_IN_THE_MIDDLE {
      @Override
      byte[] applyTo(byte[] content) {
        content[content.length / 2] ^= 0x40;
        return content;
      }
    },
    FLIPPED_LAST_BYTE {
      @Override
      byte[] applyTo(byte[] content) {
        content[content.length - 1] ^= 0x40;
        return content;
      }
    },
    NOISE {
      @Override
      byte[] applyTo(byte[] content) {
        new Random(content.length).nextBytes(content);
        return content;
      }
    };

    abstract byte[] applyTo(byte[] content);
  }
}
