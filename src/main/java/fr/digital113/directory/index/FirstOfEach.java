package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.LongHeap;
import org.jspecify.annotations.Nullable;

/** Finds the first few of each segment, or those of it with most points; and merges them. */
final class FirstOfEach implements Collector {
  /** Without points, all have as many. */
  private static final Comparator<Head> BEST_FIRST =
      Comparator.comparingDouble(Head::points).reversed().thenComparing(Head::place);

  static final Comparator<Head> FROM_THE_END = Comparator.comparing(Head::place).reversed();

  /** Where a page begins: behind what has so many points, and this place in the files. */
  record After(float points, BytesRef place) {}

  private final int count;
  private final @Nullable After after;
  private final boolean all;
  private final boolean scored;
  private final List<OfLeaf> ofLeaves = new ArrayList<>();
  private long total;

  FirstOfEach(int count, @Nullable After after, boolean all, boolean scored) {
    this.count = count;
    this.after = after;
    this.all = all;
    this.scored = scored;
  }

  /**
   * @param all whether to go on to the end, for the total
   * @param scored whether by points, and only then by the order of the files
   */
  static CollectorManager<?, TopFieldDocs> manager(
      int count, @Nullable After after, boolean all, boolean scored) {
    return new CollectorManager<FirstOfEach, TopFieldDocs>() {
      @Override
      public FirstOfEach newCollector() {
        return new FirstOfEach(count, after, all, scored);
      }

      @Override
      public TopFieldDocs reduce(Collection<FirstOfEach> collectors) throws IOException {
        List<Head> heads = new ArrayList<>();
        long total = 0;
        for (FirstOfEach each : collectors) {
          total += each.total;
          for (OfLeaf found : each.ofLeaves) {
            heads.add(new Head(found.leaf, found.offers()));
          }
        }
        return new TopFieldDocs(
            new TotalHits(total, TotalHits.Relation.EQUAL_TO),
            merged(heads, BEST_FIRST, count, scored),
            Sorting.ofFiles().getSort());
      }
    };
  }

  @Override
  public ScoreMode scoreMode() {
    return scored ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    int from = after == null ? 0 : OrderOfFiles.first(leaf.reader(), after.place(), false);
    if (!all && from == leaf.reader().maxDoc()) {
      throw new CollectionTerminatedException(); // nothing of it comes after the cursor
    }
    OfLeaf found =
        scored
            ? new Best(leaf, from, after == null ? Float.POSITIVE_INFINITY : after.points())
            : new First(leaf, from);
    ofLeaves.add(found);
    return found;
  }

  /** What a segment has to offer. */
  private abstract static class OfLeaf implements LeafCollector {
    final LeafReaderContext leaf;
    final int from; // the first of the documents behind the place of the cursor

    OfLeaf(LeafReaderContext leaf, int from) {
      this.leaf = leaf;
      this.from = from;
    }

    /** The best first, see {@link #offer}. */
    abstract long[] offers();
  }

  private final class First extends OfLeaf {
    private final long[] first;
    private int size;

    First(LeafReaderContext leaf, int from) {
      super(leaf, from);
      first = new long[Math.min(count, leaf.reader().maxDoc() - from)];
    }

    @Override
    public void setScorer(Scorable scorer) {}

    @Override
    public void collect(int number) {
      if (number >= from && size < first.length) {
        first[size++] = offer(number, 0);
      } else if (number >= from && !all) {
        throw new CollectionTerminatedException();
      }
      total++;
    }

    /** What lies before a cursor is passed over, unless it counts. */
    @Override
    public @Nullable DocIdSetIterator competitiveIterator() {
      return all || from == 0 ? null : DocIdSetIterator.range(from, leaf.reader().maxDoc());
    }

    @Override
    long[] offers() {
      return Arrays.copyOf(first, size);
    }
  }

  private final class Best extends OfLeaf {
    private final float most;
    private final LongHeap best = new LongHeap(Math.max(1, count));
    private @Nullable Scorable scorer;

    /**
     * @param most has its place in front of {@code from} among those with as many points
     */
    Best(LeafReaderContext leaf, int from, float most) {
      super(leaf, from);
      this.most = most;
    }

    @Override
    public void setScorer(Scorable scored) {
      scorer = scored;
    }

    @Override
    public void collect(int number) throws IOException {
      total++;
      float points = Objects.requireNonNull(scorer).score();
      if (points < most || (points == most && number >= from)) {
        long offer = offer(number, points);
        if (best.size() < count) {
          best.push(offer);
        } else if (offer > best.top()) {
          best.updateTop(offer);
        }
      }
    }

    @Override
    long[] offers() {
      long[] sorted = new long[best.size()];
      for (int i = sorted.length - 1; i >= 0; i--) {
        sorted[i] = best.pop();
      }
      return sorted;
    }
  }

  /** Points above, what is left of the numbers below: the higher the better. */
  static long offer(int number, float points) {
    return (long) Float.floatToIntBits(points) << Integer.SIZE | (Integer.MAX_VALUE - number);
  }

  private static int number(long offer) {
    return Integer.MAX_VALUE - (int) offer;
  }

  private static float points(long offer) {
    return Float.intBitsToFloat((int) (offer >> Integer.SIZE));
  }

  /** The next that a segment offers. */
  static final class Head {
    private final LeafReaderContext leaf;
    private final long[] offers;
    private BinaryDocValues places;
    private int next = -1;
    private BytesRef place = new BytesRef();

    Head(LeafReaderContext leaf, long[] offers) throws IOException {
      this.leaf = leaf;
      this.offers = offers;
      places = DocValues.getBinary(leaf.reader(), Fields.ORDER);
    }

    boolean advance() throws IOException {
      next++;
      if (next == offers.length) {
        return false;
      }
      int number = FirstOfEach.number(offers[next]);
      if (number < places.docID()) { // places are read forwards
        places = DocValues.getBinary(leaf.reader(), Fields.ORDER);
      }
      if (!places.advanceExact(number)) {
        return false;
      }
      place = BytesRef.deepCopyOf(places.binaryValue());
      return true;
    }

    float points() {
      return FirstOfEach.points(offers[next]);
    }

    BytesRef place() {
      return place;
    }

    FieldDoc hit(boolean scored) {
      @Nullable Object[] keys = OrderOfFiles.keys(place);
      return new FieldDoc(
          leaf.docBase + FirstOfEach.number(offers[next]),
          Float.NaN,
          scored ? new @Nullable Object[] {points(), keys[0], keys[1]} : keys);
    }
  }

  static FieldDoc[] merged(List<Head> all, Comparator<Head> order, int count, boolean scored)
      throws IOException {
    PriorityQueue<Head> heads = new PriorityQueue<>(order);
    for (Head head : all) {
      if (head.advance()) {
        heads.add(head);
      }
    }
    List<FieldDoc> hits = new ArrayList<>();
    for (Head best = heads.poll(); best != null && hits.size() < count; best = heads.poll()) {
      hits.add(best.hit(scored));
      if (best.advance()) {
        heads.add(best);
      }
    }
    return hits.toArray(new FieldDoc[0]);
  }
}
