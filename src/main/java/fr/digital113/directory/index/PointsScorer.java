package fr.digital113.directory.index;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/**
 * Walks over what {@link PointsNode} finds. A window is wide where one document after the other is
 * asked for, and narrow where a filter leaps from one to the next.
 */
final class PointsScorer extends Scorer {
  private static final int NARROWEST = Long.SIZE;

  /** For a document, in comparisons or so; a filter by values takes less. */
  private static final float MATCH_COST = 100;

  private final PointsNode node;
  private final int end;
  private final float boost;
  private final PointsWindow window = new PointsWindow();
  private final Candidates candidates = new Candidates();
  private int width = NARROWEST;

  /** Documents between the window and this one are not found. */
  private int behind;

  /**
   * @param end how many documents the segment has
   */
  PointsScorer(Weight weight, PointsNode node, int end, float boost) {
    super(weight);
    this.node = node;
    this.end = end;
    this.boost = boost;
  }

  @Override
  public int docID() {
    return candidates.at;
  }

  @Override
  public float score() {
    return boost * window.points(candidates.at);
  }

  @Override
  public float getMaxScore(int upTo) {
    return Float.POSITIVE_INFINITY;
  }

  @Override
  public DocIdSetIterator iterator() {
    return TwoPhaseIterator.asDocIdSetIterator(twoPhaseIterator());
  }

  @Override
  public TwoPhaseIterator twoPhaseIterator() {
    return new TwoPhaseIterator(candidates) {
      @Override
      public boolean matches() throws IOException {
        if (candidates.at >= window.to()) {
          open(candidates.at);
        }
        return window.has(candidates.at);
      }

      @Override
      public float matchCost() {
        return MATCH_COST;
      }
    };
  }

  private void open(int first) throws IOException {
    width = first - window.to() < width ? Math.min(2 * width, PointsWindow.MOST) : NARROWEST;
    window.open(first, Math.min(first + width, end));
    node.find(window, null);
    behind = node.next(window.to());
  }

  /**
   * What is found in the window, and the first document behind it that may be: nothing is found
   * where a filter has nothing.
   */
  private final class Candidates extends DocIdSetIterator {
    private int at = -1;

    @Override
    public int docID() {
      return at;
    }

    @Override
    public int nextDoc() {
      return advance(at + 1);
    }

    @Override
    public int advance(int target) {
      int next = target < window.to() ? window.next(target) : target;
      if (next >= window.to()) {
        next = Math.max(next, behind);
      }
      at = next < end ? next : NO_MORE_DOCS;
      return at;
    }

    @Override
    public long cost() {
      return node.cost();
    }
  }
}
