package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The first items of a query in the order that the files have, by name and id: the first few of
 * each segment, merged. Lucene's own way looks each of them up in the dictionary of names, which is
 * compressed, and walks over all that comes before a cursor.
 */
final class OrderOfFiles {
  /** No id has it, so that the last one ends the name, whose sort key has one within. */
  private static final byte END = 0;

  private static final byte NAMED = 1;

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
  private static @Nullable Object[] keys(BytesRef place) {
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
   * The first few items.
   *
   * @param after name and id of the item before them; null for the first of all
   * @param all whether to go on to the end, to tell how many there are in all; what the total says
   *     is of no use otherwise
   */
  static TopFieldDocs search(
      Snapshot snapshot, Query query, int count, @Nullable FieldDoc after, boolean all)
      throws IOException {
    BytesRef from =
        after == null ? null : place((BytesRef) after.fields[0], (BytesRef) after.fields[1]);
    var first = new FirstOfEach(count, from, all);
    snapshot.searcher().search(query, first);
    return new TopFieldDocs(
        new TotalHits(first.total, TotalHits.Relation.EQUAL_TO),
        first.merged(),
        Sorting.ofFiles().getSort());
  }

  /** The number of the first document of a segment whose place comes after another one. */
  private static int firstAfter(LeafReader leaf, BytesRef place) throws IOException {
    int low = 0;
    int high = leaf.maxDoc();
    while (low < high) {
      int middle = (low + high) >>> 1;
      BinaryDocValues places = DocValues.getBinary(leaf, Fields.ORDER); // they are read forwards
      if (places.advanceExact(middle) && places.binaryValue().compareTo(place) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What a segment has to offer. */
  private static final class Offers {
    private final LeafReaderContext leaf;
    private final int[] numbers;
    private int size;

    Offers(LeafReaderContext leaf, int[] numbers) {
      this.leaf = leaf;
      this.numbers = numbers;
    }
  }

  /** The next that a segment offers. */
  private static final class Head implements Comparable<Head> {
    private final Offers offers;
    private final BinaryDocValues places;
    private int next = -1;
    private BytesRef place = new BytesRef();

    Head(Offers offers) throws IOException {
      this.offers = offers;
      this.places = DocValues.getBinary(offers.leaf.reader(), Fields.ORDER);
    }

    boolean advance() throws IOException {
      next++;
      if (next == offers.size || !places.advanceExact(offers.numbers[next])) {
        return false;
      }
      place = BytesRef.deepCopyOf(places.binaryValue());
      return true;
    }

    FieldDoc hit() {
      return new FieldDoc(offers.leaf.docBase + offers.numbers[next], Float.NaN, keys(place));
    }

    @Override
    public int compareTo(Head other) {
      return place.compareTo(other.place);
    }
  }

  /** Finds the first few of each segment. */
  private static final class FirstOfEach implements Collector {
    private final int count;
    private final @Nullable BytesRef after;
    private final boolean all;
    private final List<Offers> offers = new ArrayList<>();
    private long total;

    FirstOfEach(int count, @Nullable BytesRef after, boolean all) {
      this.count = count;
      this.after = after;
      this.all = all;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      int from = after == null ? 0 : firstAfter(leaf.reader(), after);
      int end = leaf.reader().maxDoc();
      if (!all && from == end) {
        throw new CollectionTerminatedException(); // nothing of it comes after the cursor
      }
      Offers ofLeaf = new Offers(leaf, new int[Math.min(count, leaf.reader().maxDoc() - from)]);
      offers.add(ofLeaf);
      return new LeafCollector() {
        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int number) {
          if (number >= from && ofLeaf.size < ofLeaf.numbers.length) {
            ofLeaf.numbers[ofLeaf.size++] = number;
          } else if (number >= from && !all) {
            throw new CollectionTerminatedException();
          }
          total++;
        }

        /** What lies before a cursor is passed over, unless it counts. */
        @Override
        public @Nullable DocIdSetIterator competitiveIterator() {
          return all || from == 0 ? null : DocIdSetIterator.range(from, end);
        }
      };
    }

    FieldDoc[] merged() throws IOException {
      PriorityQueue<Head> heads = new PriorityQueue<>();
      for (Offers each : offers) {
        Head head = new Head(each);
        if (head.advance()) {
          heads.add(head);
        }
      }
      List<FieldDoc> hits = new ArrayList<>();
      for (Head least = heads.poll(); least != null && hits.size() < count; least = heads.poll()) {
        hits.add(least.hit());
        if (least.advance()) {
          heads.add(least);
        }
      }
      return hits.toArray(new FieldDoc[0]);
    }
  }
}
