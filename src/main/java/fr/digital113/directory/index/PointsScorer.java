package fr.digital113.directory.index;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * Walks over what {@link PointsNode} finds. A window is wide where one document after the other is
 * asked for, and narrow where a filter leaps from one to the next.
 */
final class PointsScorer extends Scorer {
  private static final int NARROWEST = Long.SIZE;

  private final PointsNode node;
  private final int end;
  private final float boost;
  private final PointsWindow window = new PointsWindow();
  private final Documents documents = new Documents();

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
    return documents.at;
  }

  @Override
  public float score() {
    return boost * window.points(documents.at);
  }

  @Override
  public float getMaxScore(int upTo) {
    return Float.POSITIVE_INFINITY;
  }

  @Override
  public DocIdSetIterator iterator() {
    return documents;
  }

  private final class Documents extends DocIdSetIterator {
    private int at = -1;
    private int width = NARROWEST;

    @Override
    public int docID() {
      return at;
    }

    @Override
    public int nextDoc() throws IOException {
      return advance(at + 1);
    }

    @Override
    public int advance(int target) throws IOException {
      int next = target < window.to() ? window.next(target) : target;
      while (next >= window.to()) {
        int first = Math.max(next, node.next(window.to()));
        if (first >= end) {
          return at = NO_MORE_DOCS;
        }
        width = first - window.to() < width ? Math.min(2 * width, PointsWindow.MOST) : NARROWEST;
        window.open(first, Math.min(first + width, end));
        node.find(window, null);
        next = window.next(first);
      }
      return at = next;
    }

    @Override
    public long cost() {
      return node.cost();
    }
  }
}
