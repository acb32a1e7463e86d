package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.TwoPhaseIterator;
import org.jspecify.annotations.Nullable;

/**
 * {@link Points} in one segment, found window by window in the order of the documents: one list of
 * documents after the other instead of all side by side, so that no document costs a comparison
 * with every list.
 */
abstract class PointsNode {
  /** About how many documents it finds. */
  abstract long cost();

  /**
   * Finds the documents of a window in which nothing is found yet.
   *
   * @param within of which only those of another window are wanted; null for all
   */
  abstract void find(PointsWindow window, @Nullable PointsWindow within) throws IOException;

  /**
   * Documents before this one, from the end of the last window on, are not found; at least that
   * end.
   */
  abstract int next(int end);

  /** Finds the same beside what is found already, the higher points counting. */
  void best(PointsWindow window, @Nullable PointsWindow within) throws IOException {
    window.best(apart(window, within));
  }

  /** What it finds, in a window beside; it lasts until the next is asked for. */
  final PointsWindow apart(PointsWindow window, @Nullable PointsWindow within) throws IOException {
    PointsWindow spare = window.spare();
    find(spare, within);
    return spare;
  }

  /** All documents of a list, with the same points. */
  static final class Found extends PointsNode {
    /** How many steps along a list take as long as a leap. */
    private static final int LEAP = 8;

    private final DocIdSetIterator documents;

    /** Makes sure of a document, as of one that has the words of a phrase; null when all are. */
    private final @Nullable TwoPhaseIterator unsure;

    private final int points;
    private final int segmentSize;

    Found(DocIdSetIterator iterator, int points, int segmentSize) {
      unsure = TwoPhaseIterator.unwrap(iterator);
      documents = unsure == null ? iterator : unsure.approximation();
      this.points = points;
      this.segmentSize = segmentSize;
    }

    @Override
    long cost() {
      return documents.cost();
    }

    @Override
    void find(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      best(window, within);
    }

    @Override
    void best(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      if (within == null) {
        for (int next = at(window.from()); next < window.to(); next = documents.nextDoc()) {
          found(next, window);
        }
      } else if (leaps(within)) {
        for (int wanted = within.next(window.from());
            wanted < window.to();
            wanted = within.next(wanted + 1)) {
          if (at(wanted) == wanted) {
            found(wanted, window);
          }
        }
      } else {
        for (int next = at(window.from()); next < window.to(); next = documents.nextDoc()) {
          if (within.has(next)) {
            found(next, window);
          }
        }
      }
    }

    private void found(int document, PointsWindow window) throws IOException {
      if (unsure == null || unsure.matches()) {
        window.best(document, points);
      }
    }

    private int at(int least) throws IOException {
      return documents.docID() < least ? documents.advance(least) : documents.docID();
    }

    private boolean leaps(PointsWindow within) {
      long steps = cost() * (within.to() - within.from()) / segmentSize;
      return (long) within.count() * LEAP < steps;
    }

    @Override
    int next(int end) {
      return Math.max(documents.docID(), end);
    }
  }

  /** See {@link Points.Best}. */
  static final class Best extends PointsNode {
    private final List<PointsNode> ways;
    private final long cost;

    Best(List<PointsNode> ways) {
      this.ways = ways;
      cost = ways.stream().mapToLong(PointsNode::cost).sum();
    }

    @Override
    long cost() {
      return cost;
    }

    @Override
    void find(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      best(window, within);
    }

    @Override
    void best(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      for (PointsNode way : ways) {
        way.best(window, within);
      }
    }

    @Override
    int next(int end) {
      return first(ways, end);
    }
  }

  /** See {@link Points.Sum}. */
  static final class Sum extends PointsNode {
    private final List<PointsNode> required;
    private final List<PointsNode> optional;
    private final List<PointsNode> excluded;
    private final long cost;

    Sum(List<PointsNode> required, List<PointsNode> optional, List<PointsNode> excluded) {
      this.required = new ArrayList<>(required); // what finds least is asked first
      this.required.sort(Comparator.comparingLong(PointsNode::cost));
      this.optional = optional;
      this.excluded = excluded;
      cost =
          required.isEmpty()
              ? optional.stream().mapToLong(PointsNode::cost).sum()
              : this.required.get(0).cost();
    }

    @Override
    long cost() {
      return cost;
    }

    @Override
    void find(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      if (required.isEmpty()) {
        for (PointsNode each : optional) {
          window.add(each.apart(window, within));
        }
      } else {
        required.get(0).find(window, within);
        for (PointsNode each : required.subList(1, required.size())) {
          if (window.isEmpty()) {
            return;
          }
          window.keep(each.apart(window, window));
        }
        if (window.isEmpty()) {
          return;
        }
        for (PointsNode each : optional) {
          window.add(each.apart(window, window));
        }
      }
      for (PointsNode each : excluded) {
        window.remove(each.apart(window, window));
      }
    }

    @Override
    int next(int end) {
      if (required.isEmpty()) {
        return first(optional, end);
      }
      int latest = end;
      for (PointsNode each : required) {
        latest = Math.max(latest, each.next(end));
      }
      return latest;
    }
  }

  /** See {@link Points.More} and {@link Points.Flat}. */
  static final class Moved extends PointsNode {
    private final PointsNode items;
    private final boolean more;
    private final int points;

    Moved(PointsNode items, boolean more, int points) {
      this.items = items;
      this.more = more;
      this.points = points;
    }

    @Override
    long cost() {
      return items.cost();
    }

    @Override
    void find(PointsWindow window, @Nullable PointsWindow within) throws IOException {
      items.find(window, within);
      window.move(points, more);
    }

    @Override
    int next(int end) {
      return items.next(end);
    }
  }

  private static int first(List<PointsNode> nodes, int end) {
    int first = DocIdSetIterator.NO_MORE_DOCS;
    for (PointsNode each : nodes) {
      first = Math.min(first, each.next(end));
    }
    return first;
  }
}
