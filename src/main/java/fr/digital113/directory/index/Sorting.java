package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/**
 * An order of a list. The id always decides last, so that pages never overlap or skip.
 *
 * @param fields Lucene's, without the id
 */
public record Sorting(List<SortField> fields) {

  /** By a text that was indexed with {@link IndexEntry#sortText}. */
  public static Sorting byText(String field, boolean descending) {
    return new Sorting(List.of(new SortField(field, SortField.Type.STRING, descending)));
  }

  /** By a number; items without one come last in both directions. */
  public static Sorting byNumber(String field, boolean descending) {
    SortField sort = new SortField(field, SortField.Type.LONG, descending);
    sort.setMissingValue(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
    return new Sorting(List.of(sort));
  }

  Sort forwards() {
    List<SortField> all = new ArrayList<>(fields);
    all.add(new SortField(Fields.ID, SortField.Type.STRING));
    return new Sort(all.toArray(SortField[]::new));
  }

  /** The same order read from its end. */
  Sort backwards() {
    List<SortField> all = new ArrayList<>();
    for (SortField field : forwards().getSort()) {
      SortField turned = new SortField(field.getField(), field.getType(), !field.getReverse());
      if (field.getType() == SortField.Type.LONG) {
        turned.setMissingValue(field.getMissingValue());
      }
      all.add(turned);
    }
    return new Sort(all.toArray(SortField[]::new));
  }

  /** Names the order, to bind cursors to it. */
  String key() {
    return forwards().toString();
  }
}
