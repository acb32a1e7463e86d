package fr.digital113.directory.index;

import fr.digital113.directory.formats.ItemWriter;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.web.Body;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/** The whole of a {@link ComputedListing}: its items are in memory, and shown one by one. */
record ComputedFile<T>(List<T> items, Function<T, RawJson> view, Shape shape, long revision)
    implements Body {

  /**
   * @throws fr.digital113.directory.web.ProblemException when there are more items than the format
   *     can hold
   */
  static <T> ComputedFile<T> of(
      List<T> items, Function<T, RawJson> view, Shape shape, long revision) {
    WholeList.checkRows(shape, items.size());
    return new ComputedFile<>(items, view, shape, revision);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    ItemWriter writer = shape.writer(out, revision);
    for (T item : items) {
      writer.item(view.apply(item));
    }
    writer.end();
  }

  @Override
  public void close() {}
}
