package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole lists and the snapshot that they are read from. */
@QuarkusTest
class WholeListTest {
  private record View(String code) {}

  @Inject Fixture fixture;
  @Inject Demonstration demonstration;
  @Inject DirectoryIndex index;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void keepsItsSnapshotUntilItIsClosedWhateverIsWrittenMeanwhile() throws IOException {
    Snapshot snapshot = index.acquire();
    WholeList list = list(snapshot);
    snapshot.close();
    fixture.sql("delete from initiative");
    fixture.sql("delete from factory");

    var written = new ByteArrayOutputStream();
    list.writeTo(written);
    assertThat(written.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(3);
    assertThat(snapshot.reader().getRefCount()).isEqualTo(1);
    list.close();
    assertThat(snapshot.reader().getRefCount()).isZero();
  }

  @Test
  void givesItsSnapshotBackWhenWritingFails() {
    try (Snapshot snapshot = index.acquire()) {
      int before = snapshot.reader().getRefCount();
      WholeList list = list(snapshot);
      assertThatThrownBy(
              () ->
                  list.writeTo(
                      new OutputStream() {
                        @Override
                        public void write(int octet) throws IOException {
                          throw new IOException("the reader has left");
                        }
                      }))
          .hasMessage("the reader has left");
      list.close();
      assertThat(snapshot.reader().getRefCount()).isEqualTo(before);
    }
  }

  /** Companies with and without a date of joining; 212 is half of them. */
  @ParameterizedTest
  @CsvSource({
    "1, name", "2, name", "7, name", "212, name",
    "1, -joined", "2, -joined", "7, -joined", "212, -joined",
    "1, distance", "2, distance", "7, distance", "212, distance",
    "1, relevance", "2, relevance", "7, relevance"
  })
  void givesTheSameInWindowsOfAnySize(int size, String order) throws IOException {
    demonstration.loadUnlessThere();
    fixture.sql(
        "delete from membership where company in"
            + " (select company from membership order by company limit 100)");
    try (Snapshot snapshot = index.acquire()) {
      Listing listing = companies(order);
      int total = snapshot.searcher().count(listing.query());
      String atOnce = written(listing, snapshot, 20_000);

      assertThat(total).isGreaterThan(20);
      assertThat(atOnce.lines().distinct().count()).isEqualTo(total);
      assertThat(written(listing, snapshot, size)).isEqualTo(atOnce);
      // Whatever the number of items is, it is a multiple of itself.
      assertThat(written(listing, snapshot, total)).isEqualTo(atOnce);
    }
  }

  private static String written(Listing listing, Snapshot snapshot, int size) throws IOException {
    var written = new ByteArrayOutputStream();
    try (WholeList list = WholeList.of(listing, snapshot, shape(), Listing.Item::body, size)) {
      list.writeTo(written);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  private static Listing companies(String order) {
    Query all = new Query("company");
    return switch (order) {
      case "name" -> all.sortedBy(Sorting.byText("name", false));
      case "-joined" -> all.sortedBy(Sorting.byNumber("joined", true));
      case "distance" -> all.sortedBy(Sorting.byDistance(new Distance(43.6, 1.44)));
      default -> {
        var asked = new MultivaluedHashMap<String, String>();
        asked.add("q", "logiciel");
        yield all.matching(TextQuery.read(new QueryParameters(asked)))
            .sortedBy(Sorting.byRelevance().then(Sorting.byText("name", false)));
      }
    };
  }

  private static WholeList list(Snapshot snapshot) {
    Listing listing = new Query("factory").sortedBy(Sorting.byText("name", false));
    return WholeList.of(listing, snapshot, shape(), Listing.Item::body);
  }

  private static Shape shape() {
    Layout layout = Layout.of("things", new Text("", ""), "", View.class, "code");
    return new Shape(
        layout,
        Format.NDJSON,
        true,
        Set.of(),
        false,
        Language.FR,
        "/",
        new TreeMap<>(),
        LocalDate.EPOCH);
  }
}
