package fr.digital113.directory.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** What the index keeps of one item. Hides Lucene's field types from the features. */
public final class IndexEntry {
  private final FeedItem item;
  private final Visibility side;
  private final ObjectMapper mapper;
  private final TextFields texts;
  private final Document document = new Document();
  private @Nullable BytesRef name;

  IndexEntry(FeedItem item, Visibility side, ObjectMapper mapper, TextFields texts) {
    this.item = item;
    this.side = side;
    this.mapper = mapper;
    this.texts = texts;
    document.add(new StringField(Fields.KEY, Fields.key(item.type(), item.id()), Store.NO));
    document.add(new StringField(Fields.TYPE, item.type(), Store.YES));
    document.add(new SortedDocValuesField(Fields.ID, new BytesRef(item.id())));
    document.add(new NumericDocValuesField(Fields.REVISION, item.revision()));
    JsonColumn.add(document, Fields.SOURCE, json(StoredItems.Source.of(item)));
    ref(item.id());
  }

  /** Whether only the team and owners read it: what is confidential may be shown. */
  public boolean isPrivate() {
    return side == Visibility.PRIVATE;
  }

  /** A value that names the item in a path: id, slug, official code. Null is left out. */
  public void ref(@Nullable String value) {
    if (value != null) {
      document.add(new StringField(Fields.REF, Fields.ref(item.type(), value), Store.NO));
    }
  }

  /** The name of the item in paths; also listed to callers who give a name that does not exist. */
  public void slug(String slug) {
    ref(slug);
    document.add(new StringField(Fields.SLUG, Fields.key(item.type(), slug), Store.YES));
  }

  /** A name that the item had in paths before, and that leads to it. */
  public void formerSlug(String slug) {
    document.add(new StringField(Fields.FORMER, Fields.ref(item.type(), slug), Store.NO));
  }

  /** An exact value to filter by. Null is left out. */
  public void term(String field, @Nullable String value) {
    if (value != null) {
      document.add(new StringField(field, term(value), Store.NO));
    }
  }

  /** A value that the facet of this name counts; an item may have several. Null is left out. */
  public void facet(String name, @Nullable String value) {
    if (value != null) {
      document.add(new SortedSetDocValuesField(Fields.facet(name), term(value)));
    }
  }

  /** A number to filter by range and to sort by. Null is left out. */
  public void number(String field, @Nullable Long value) {
    if (value != null) {
      document.add(new LongPoint(field, value));
      document.add(new NumericDocValuesField(field, value));
    }
  }

  /** A text to sort by, as people expect it: accents and case decide last. */
  public void sortText(String field, String value) {
    BytesRef key = term(SortKeys.of(value));
    document.add(new SortedDocValuesField(field, key));
    if (field.equals(Sorting.NAME)) {
      name = key;
    }
  }

  /** Where the item is, in WGS84 degrees; see {@link Distance} and {@link Box}. */
  public void location(double lat, double lon) {
    document.add(new LatLonPoint(Fields.LOCATION, lat, lon));
    document.add(new LatLonDocValuesField(Fields.LOCATION, lat, lon));
  }

  /** A text to search in; see {@link TextQuery}. Null is left out. */
  public void text(TextPart part, @Nullable String value) {
    if (value != null) {
      texts.add(document, part, value);
    }
  }

  /**
   * How the item is suggested in one language to somebody who types a part of its {@link
   * TextPart#NAME} or {@link TextPart#CODE}.
   *
   * @param ref names it in paths and filters
   * @param detail a short hint that tells it from others of the same label
   */
  public void suggestion(Language language, String ref, String label, String detail) {
    record Suggestion(String type, String ref, String label, String detail) {}
    byte[] json = json(new Suggestion(item.type(), ref, label, detail));
    document.add(new StoredField(Fields.suggestion(language), json));
    sortText(Fields.suggestionOrder(language), TextFields.withoutSmallStart(label));
  }

  /** Of items that a text suggests equally, those with the highest number come first. */
  public void prominence(long number) {
    document.add(new NumericDocValuesField(Fields.PROMINENCE, number));
  }

  /**
   * Says that this item shows texts of another one, so that it is shown anew when that one changes.
   */
  public void uses(String type, String id) {
    document.add(new StringField(Fields.USES, Fields.key(type, id), Store.NO));
  }

  /** The ready-made representation in one language; any Jackson value. */
  public void body(Language language, Object view) {
    JsonColumn.add(document, Fields.body(language), json(view));
  }

  /** Asked for once, when all else is there. */
  Document document() {
    OrderOfFiles.add(document, name, item.id());
    return document;
  }

  /** Lucene refuses longer terms, and would give the whole document up. */
  private static BytesRef term(String value) {
    BytesRef bytes = new BytesRef(value);
    if (bytes.length > IndexWriter.MAX_TERM_LENGTH) {
      throw new IllegalArgumentException("a value of " + bytes.length + " bytes is too long");
    }
    return bytes;
  }

  private byte[] json(@Nullable Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "cannot write %s %s", item.type(), item.id()), failure);
    }
  }
}
