package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts published vintages into the index, so that they are there while the database is away. */
@Singleton
class VintageIndexing implements IndexedType {
  static final String TYPE = "vintage";

  /** Orders vintages by day, and those of one day by correction. */
  static final String ORDER = "order";

  private static final int MOST_CORRECTIONS = 100;

  /**
   * A vintage in lists.
   *
   * @param checksum SHA-256 of the body of {@code href}, in hexadecimal
   * @param replaces the vintage that it corrects
   * @param tables as {@code by} takes them; the empty one is the overall total
   */
  record VintageView(
      String id,
      LocalDate asOf,
      String publishedAt,
      @Nullable String replaces,
      String checksum,
      String citation,
      String href,
      List<List<String>> tables) {}

  @Override
  public String type() {
    return TYPE;
  }

  /** Tables of a hundred kilobytes, which never change: whoever wants one asks for it. */
  @Override
  public boolean isFollowed() {
    return false;
  }

  /** Every vintage of this day or one before has a smaller number. */
  static long after(LocalDate day) {
    return (day.toEpochDay() + 1) * MOST_CORRECTIONS;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    if (!document.path("content").isTextual()) {
      return; // being prepared, or refused: in the private index only, and not in its lists
    }
    LocalDate day = LocalDate.parse(document.path("asOf").asText());
    entry.number(ORDER, day.toEpochDay() * MOST_CORRECTIONS + document.path("correction").asInt());
    VintageDocument vintage = VintageDocument.read(document.path("content").asText());
    VintageDocument.Head head = vintage.head();
    Text citation = head.citation();
    for (Language language : Language.values()) {
      entry.body(
          language,
          new VintageView(
              item.id(),
              day,
              head.publishedAt(),
              head.replaces(),
              document.path("checksum").asText(),
              citation.in(language),
              head.href(),
              vintage.tables()));
    }
  }
}
