package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole lists and the snapshot that they are read from. */
@QuarkusTest
class WholeListTest {
  private record View(String code) {}

  @Inject Fixture fixture;
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

  private static WholeList list(Snapshot snapshot) {
    Layout layout = Layout.of("things", new Text("", ""), "", View.class, "code");
    Shape shape =
        new Shape(
            layout,
            Format.NDJSON,
            true,
            Set.of(),
            false,
            Language.FR,
            "/",
            new TreeMap<>(),
            LocalDate.EPOCH);
    Listing listing = new Query("factory").sortedBy(Sorting.byText("name", false));
    return WholeList.of(listing, snapshot, shape, Listing.Item::body);
  }
}
