package fr.digital113.directory.index;

import fr.digital113.directory.formats.ItemWriter;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.formats.Sheets.XlsxSheet;
import fr.digital113.directory.index.Listing.Item;
import fr.digital113.directory.web.Body;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/**
 * A whole list, read from one snapshot in windows: each goes on after the last item of the one
 * before, as pages do, so that any number of items takes the memory of one window.
 */
final class WholeList implements Body {
  private static final int WINDOW = 20_000;

  private final Listing listing;
  private final Snapshot snapshot;
  private final Shape shape;
  private final Function<Item, RawJson> addition;
  private final int size;

  private WholeList(
      Listing listing, Snapshot snapshot, Shape shape, Function<Item, RawJson> addition, int size) {
    this.listing = listing;
    this.snapshot = snapshot;
    this.shape = shape;
    this.addition = addition;
    this.size = size;
  }

  /**
   * Keeps the snapshot until it is closed.
   *
   * @throws ProblemException when there are more items than the format can hold
   */
  static WholeList of(
      Listing listing, Snapshot snapshot, Shape shape, Function<Item, RawJson> addition) {
    return of(listing, snapshot, shape, addition, WINDOW);
  }

  /** The same, with windows of another size. */
  static WholeList of(
      Listing listing, Snapshot snapshot, Shape shape, Function<Item, RawJson> addition, int size) {
    if (shape.format() == Format.XLSX) {
      checkRows(shape, count(listing, snapshot));
    }
    return new WholeList(listing, snapshot.retain(), shape, addition, size);
  }

  private static int count(Listing listing, Snapshot snapshot) {
    try {
      return snapshot.searcher().count(listing.query());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Refuses what does not fit.
   *
   * @throws ProblemException when there are more items than the format can hold
   */
  static void checkRows(Shape shape, int total) {
    int most = XlsxSheet.MOST_ROWS - 1;
    if (shape.format() == Format.XLSX && total > most) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          new Text(
                  "Le résultat a %d éléments ; une feuille Excel en contient au plus %d. Filtrez, ou demandez un autre format.",
                  "The result has %d items; an Excel sheet holds %d at most. Filter, or ask for another format.")
              .with(total, most));
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    ItemWriter writer = shape.writer(out, snapshot.revision());
    JsonColumn bodies = new JsonColumn(snapshot.reader(), Fields.body(shape.language()));
    FieldDoc last = null;
    do {
      ScoreDoc[] window = window(last);
      for (ScoreDoc hit : window) {
        writer.item(addition.apply(Listing.item(bodies, hit)));
      }
      last = window.length < size ? null : (FieldDoc) window[size - 1];
    } while (last != null);
    writer.end();
  }

  private ScoreDoc[] window(@Nullable FieldDoc after) throws IOException {
    return listing.window(snapshot, false, size, after).scoreDocs;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
