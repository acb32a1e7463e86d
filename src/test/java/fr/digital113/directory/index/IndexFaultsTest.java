package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running index makes of batches that end in the middle and of disks that fail. */
@QuarkusTest
class IndexFaultsTest {
  private static final String FIRST = "0190a000-0000-7000-8000-000000000001";
  private static final String THIRD = "0190a000-0000-7000-8000-000000000003";

  private static final String OF_MANY = "0190a000-0000-7000-8001-000000000700";
  private static final String ANOTHER_OF_MANY = "0190a000-0000-7000-8001-000000000001";

  /** So many that they are written side by side, and some that are left over. */
  private static final String MANY =
      """
      with made as (
        insert into company (id, slug, name, commune, source, publication)
        select ('0190a000-0000-7000-8001-' || to_char(n, 'FM000000000000'))::uuid, 'many-' || n, 'Many ' || n,
          (select commune from company where slug = 'ecran-vert'), 'cluster', 'published'
        from generate_series(1, 1723) n returning id)
      insert into company_sector select id, 'iot', 0 from made
      """;

  private final ChangeFeed feed;
  private final OwnIndexes indexes;
  private final ObjectMapper mapper;
  private final Fixture fixture;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private OwnIndex index;

  @TempDir private Path parent;

  IndexFaultsTest(ChangeFeed feed, OwnIndexes indexes, ObjectMapper mapper, Fixture fixture) {
    this.feed = feed;
    this.indexes = indexes;
    this.mapper = mapper;
    this.fixture = fixture;
  }

  @BeforeEach
  void aRunningIndex() {
    fixture.load();
    index = opened();
    index.written();
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  @Test
  void aProgramThatIsToEndBuildsNoIndex() throws IOException {
    Path folder = parent.resolve("ended");
    try (OwnIndex ended = indexes.closed(Visibility.PUBLIC, folder)) {
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(() -> ended.openUnless(() -> asked.incrementAndGet() > 10))
          .isInstanceOf(ViewUntilTheEnd.EndingException.class);
      assertThat(ended.written()).hasSizeLessThanOrEqualTo(10);
    }
    try (OwnIndex again = indexes.open(folder)) {
      assertThat(again.differences()).isEmpty();
    }
  }

  @Test
  void oneItemThatCannotBeShownIsLeftOutAndToldAndStopsNoOther() throws IOException {
    index.spoil(THIRD);
    rename("1");
    index.catchUp();
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc 1");
    assertThat(index.shown("company", THIRD)).isNull();
    assertThat(index.missingItems()).containsExactly("company:" + THIRD);

    index.failNoMore();
    rename("2");
    index.catchUp();
    assertThat(nameOf(THIRD)).isEqualTo("Finances Occitanes 1 2");
    assertThat(index.missingItems()).isEmpty();
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void halfABatchIsSeenByNobodyAndCompletedByTheNextOne() throws IOException {
    rename("1");
    index.failAt(THIRD);

    assertThatThrownBy(index::catchUp).hasMessageContaining("asked to fail");
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc");
    assertThat(leadsOf("objets-connectes")).containsExactly("Capteurs d'Oc", "Finances Occitanes");

    index.failNoMore();
    index.catchUp();
    assertThat(index.written()).contains("company:" + FIRST, "company:" + THIRD);
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc 1");
    assertThat(leadsOf("objets-connectes"))
        .containsExactly("Capteurs d'Oc 1", "Finances Occitanes 1");
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void thousandsAtOnceAreAllWrittenWithTheTextsOfToday() {
    fixture.sql(MANY);
    fixture.sql("update sector set label_fr = 'Objets parlants' where slug = 'iot'");
    index.catchUp();
    assertThat(index.written()).hasSizeGreaterThan(1_700).contains("company:" + OF_MANY);
    assertThat(index.differences()).isEmpty();

    fixture.sql("update company set description_fr = 'Node.js' where slug like 'many-%'");
    fixture.sql("update sector set label_fr = 'Objets muets' where slug = 'iot'");
    index.catchUp();
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void thousandsThatEndInTheMiddleAreSeenByNobodyAndCompletedByTheNextTry() throws IOException {
    fixture.sql(MANY);
    index.failAt(OF_MANY);
    assertThatThrownBy(index::catchUp).hasMessageContaining("asked to fail");
    assertThat(index.shown("company", OF_MANY)).isNull();
    assertThat(index.shown("company", ANOTHER_OF_MANY)).isNull();

    index.failNoMore();
    index.catchUp();
    assertThat(index.shown("company", OF_MANY)).isNotNull();
    assertThat(index.shown("company", ANOTHER_OF_MANY)).isNotNull();
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void halfABatchIsNotWrittenToDiskAsTheRevisionBeforeIt() throws IOException {
    fixture.sql("update company set phone = '+33536490002' where slug = 'ecran-vert'");
    index.catchUp(); // not on disk yet
    rename("1");
    index.failAt(THIRD);
    assertThatThrownBy(index::catchUp).hasMessageContaining("asked to fail");

    index.close();

    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder()))) {
      IndexState state = IndexState.read(reader.getIndexCommit().getUserData());
      List<FeedItem> later = new ArrayList<>();
      new StoredItems(reader, mapper)
          .ofTypes(
              List.of("company"),
              item -> {
                if (state == null || item.revision() > state.revision()) {
                  later.add(item);
                }
              });
      assertThat(later).isEmpty();
    }
    index = opened();
    assertThat(index.differences()).isEmpty();
  }

  /** A standby became the primary without the last commit, and somebody wrote at once. */
  @Test
  void aRevisionThatIsAnotherByNowBeginsANewEpoch() throws IOException {
    rename("1");
    index.catchUp();
    LogHead seen = feed.head();
    fixture.sql("delete from public_change where revision = ?", seen.revision());
    fixture.sql("delete from audit_image where revision = ?", seen.revision());
    fixture.sql(
        "update revision set committed_at = committed_at + interval '1 second' where revision = ?",
        seen.revision());

    index.catchUp();

    assertThat(feed.head().epoch()).isNotEqualTo(seen.epoch());
    try (Snapshot snapshot = index.acquire()) {
      assertThat(snapshot.epoch()).isEqualTo(feed.head().epoch());
    }
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc"); // as the log has it now
  }

  @Test
  void aRebuildThatEndsInTheMiddleStartsAnew() throws IOException {
    String epoch = feed.head().epoch();
    fixture.sql("update epoch set id = gen_random_uuid()");
    index.failAt(THIRD);
    assertThatThrownBy(index::catchUp).hasMessageContaining("asked to fail");
    assertThat(nameOf(THIRD)).isEqualTo("Finances Occitanes");

    // The writer was emptied for the other epoch; what it holds is of no epoch at all now.
    index.failNoMore();
    fixture.sql("update epoch set id = ?", UUID.fromString(epoch));
    rename("1");
    index.catchUp();

    assertThat(nameOf(THIRD)).isEqualTo("Finances Occitanes 1");
    assertThat(index.differences()).isEmpty();
    index.close();
    index = opened();
    assertThat(index.written()).isEmpty();
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void aDiskThatFailsLeavesReadsAloneAndItGoesOnFromItsLastCommit() throws IOException {
    fixture.sql("update company set phone = '+33536490002' where slug = 'ecran-vert'");
    index.catchUp();
    index.written();
    Path away = parent.resolve("away");
    Files.move(folder(), away);
    Files.writeString(folder(), "a file where the folder was");
    rename("1");

    assertThatThrownBy(index::catchUp).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(index::catchUp).isInstanceOf(RuntimeException.class);
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc");
    assertThat(leadsOf("objets-connectes")).containsExactly("Capteurs d'Oc", "Finances Occitanes");

    Files.delete(folder());
    Files.move(away, folder());
    index.written();
    index.catchUp();
    assertThat(index.written())
        .contains("company:" + FIRST, "company:0190a000-0000-7000-8000-000000000002")
        .doesNotContain("company:0190a000-0000-7000-8000-000000000005", "territory:31555");
    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc 1");
    assertThat(index.differences()).isEmpty();
  }

  @Test
  void filesThatAreTakenAwayAreBuiltAgainWhileItRuns() throws IOException {
    Files.move(folder(), parent.resolve("away"));
    rename("1");

    assertThatThrownBy(index::catchUp).isInstanceOf(RuntimeException.class);
    index.catchUp();

    assertThat(nameOf(FIRST)).isEqualTo("Capteurs d'Oc 1");
    assertThat(index.differences()).isEmpty();
  }

  private void rename(String suffix) {
    fixture.sql(
        "update company set name = name || ' ' || ? where slug in ('capteurs-d-oc', 'finances-occitanes')",
        suffix);
  }

  private String nameOf(String company) throws IOException {
    return show("company", company).path("name").asText();
  }

  private List<String> leadsOf(String factory) throws IOException {
    return show("factory", factory).path("leads").findValuesAsText("name");
  }

  private JsonNode show(String type, String id) throws IOException {
    JsonNode shown = index.shown(type, id);
    if (shown == null) {
      throw new AssertionError(type + " " + id + " is not public");
    }
    return shown;
  }

  private Path folder() {
    return parent.resolve("index");
  }

  private OwnIndex opened() {
    return indexes.open(folder());
  }
}
