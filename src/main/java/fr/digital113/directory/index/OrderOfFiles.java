package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The first items of a query in the order that the files have, by name and id; the last ones from
 * the end; or those with most points in this order: the first few of each segment, merged. Lucene's
 * own way looks each of them up in the dictionary of names, which is compressed, and walks over all
 * that comes before a cursor.
 */
final class OrderOfFiles {
  /** No id has it, so that the last one ends the name, whose sort key has one within. */
  private static final byte END = 0;

  private static final byte NAMED = 1;

  /** How many documents are looked at first from the end of a segment, and how many more then. */
  private static final int STRETCH = 256;

  private static final int LONGER = 64;

  private OrderOfFiles() {}

  /**
   * Keeps where an item stands: its place as one text, as a name that is another's beginning comes
   * first, and so does an item without a name.
   *
   * @param name the sort key of the name; null for an item without one
   */
  static void add(Document document, @Nullable BytesRef name, String id) {
    document.add(new BinaryDocValuesField(Fields.ORDER, place(name, new BytesRef(id))));
  }

  private static BytesRef place(@Nullable BytesRef name, BytesRef id) {
    int named = name == null ? 0 : 1 + name.length;
    byte[] place = new byte[named + 1 + id.length];
    if (name != null) {
      place[0] = NAMED;
      System.arraycopy(name.bytes, name.offset, place, 1, name.length);
    }
    place[named] = END;
    System.arraycopy(id.bytes, id.offset, place, named + 1, id.length);
    return new BytesRef(place);
  }

  /** Name and id, the keys of a cursor. */
  static @Nullable Object[] keys(BytesRef place) {
    int end = place.length - 1;
    while (place.bytes[place.offset + end] != END) {
      end--;
    }
    BytesRef id = new BytesRef(place.bytes, place.offset + end + 1, place.length - end - 1);
    return new @Nullable Object[] {
      end == 0 ? null : new BytesRef(place.bytes, place.offset + 1, end - 1), id
    };
  }

  /** The id of a document. */
  static String id(IndexReader reader, int number) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
    BinaryDocValues places = DocValues.getBinary(leaf.reader(), Fields.ORDER);
    places.advanceExact(number - leaf.docBase);
    BytesRef id = (BytesRef) Objects.requireNonNull(keys(places.binaryValue())[1]);
    return id.utf8ToString();
  }

  /**
   * Collects the first few items.
   *
   * @param after name and id of the item before them; null for the first of all
   * @param all whether to go on to the end, to tell how many there are in all; what the total says
   *     is of no use otherwise
   */
  static CollectorManager<?, TopFieldDocs> first(int count, @Nullable FieldDoc after, boolean all) {
    return FirstOfEach.manager(
        count, after == null ? null : new FirstOfEach.After(0, place(after, 0)), all, false);
  }

  /**
   * Collects the items with most points, and tells how many there are in all; the order of the
   * files decides between equals.
   *
   * @param after points, name and id of the item before them; null for the first of all
   */
  static CollectorManager<?, TopFieldDocs> best(int count, @Nullable FieldDoc after) {
    return FirstOfEach.manager(
        count,
        after == null ? null : new FirstOfEach.After((Float) after.fields[0], place(after, 1)),
        true,
        true);
  }

  private static BytesRef place(FieldDoc item, int name) {
    return place((BytesRef) item.fields[name], (BytesRef) item.fields[name + 1]);
  }

  /**
   * The last few items, from the end: segments are walked over from their ends, in ever longer
   * stretches, as Lucene only goes forwards.
   *
   * @param before name and id of the item after them; null for the last of all
   * @return without a total
   */
  static TopFieldDocs last(Snapshot snapshot, Query query, int count, @Nullable FieldDoc before)
      throws IOException {
    IndexSearcher searcher = snapshot.searcher();
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    BytesRef to = before == null ? null : place(before, 0);
    List<FirstOfEach.Head> heads = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getLeafContexts()) {
      int end = to == null ? leaf.reader().maxDoc() : first(leaf.reader(), to, true);
      heads.add(new FirstOfEach.Head(leaf, last(weight, leaf, end, count)));
    }
    return new TopFieldDocs(
        new TotalHits(0, TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO),
        FirstOfEach.merged(heads, FirstOfEach.FROM_THE_END, count, false),
        Sorting.ofFiles().getSort());
  }

  /** Offers of the last documents before one of a segment, the last first. */
  private static long[] last(Weight weight, LeafReaderContext leaf, int before, int count)
      throws IOException {
    long[] last = new long[Math.min(count, before)];
    int size = 0;
    int length = STRETCH;
    for (int end = before; end > 0 && size < last.length; length *= LONGER) {
      BulkScorer documents = weight.bulkScorer(leaf);
      if (documents == null) {
        break;
      }
      int start = Math.max(0, end - length);
      BitSet found = new BitSet();
      documents.score(
          new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) {}

            @Override
            public void collect(int number) {
              found.set(number - start);
            }
          },
          leaf.reader().getLiveDocs(),
          start,
          end);
      for (int at = found.length() - 1;
          at >= 0 && size < last.length;
          at = found.previousSetBit(at - 1)) {
        last[size++] = FirstOfEach.offer(start + at, 0);
      }
      end = start;
    }
    return Arrays.copyOf(last, size);
  }

  /**
   * The number of the first document of a segment whose place comes after another one, or is it.
   */
  static int first(LeafReader leaf, BytesRef place, boolean inclusive) throws IOException {
    int low = 0;
    int high = leaf.maxDoc();
    while (low < high) {
      int middle = (low + high) >>> 1;
      BinaryDocValues places = DocValues.getBinary(leaf, Fields.ORDER); // they are read forwards
      boolean isBefore =
          !places.advanceExact(middle)
              || places.binaryValue().compareTo(place) < (inclusive ? 0 : 1);
      if (isBefore) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
