package fr.digital113.directory.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some documents of a segment that follow each other, and the points of those that are found. */
final class PointsWindow {
  /** The most documents: few enough that a handful of windows stay in the processor's cache. */
  static final int MOST = 2_048;

  private static final int WORDS = MOST / Long.SIZE;

  private final int[] points = new int[MOST]; // of what is found; anything elsewhere
  private final long[] found = new long[WORDS]; // a bit for each document
  private int from;
  private int to;
  private @Nullable PointsWindow spare;

  /** Begins anew with nothing found. */
  void open(int first, int end) {
    from = first;
    to = end;
    Arrays.fill(found, 0);
  }

  /** An empty one of the same documents, to be added to this one: one for each depth of a tree. */
  PointsWindow spare() {
    if (spare == null) {
      spare = new PointsWindow();
    }
    spare.open(from, to);
    return spare;
  }

  int from() {
    return from;
  }

  /** One more than the last. */
  int to() {
    return to;
  }

  /** The first document at or after one of this window that was found; {@link #to} if none. */
  int next(int document) {
    int word = (document - from) >> 6;
    long bits = word < WORDS ? found[word] & (-1L << (document - from)) : 0;
    while (bits == 0 && ++word < WORDS) {
      bits = found[word];
    }
    return bits == 0 ? to : from + (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  boolean has(int document) {
    int at = document - from;
    return (found[at >> 6] & (1L << at)) != 0;
  }

  int points(int document) {
    return points[document - from];
  }

  int count() {
    int count = 0;
    for (long bits : found) {
      count += Long.bitCount(bits);
    }
    return count;
  }

  boolean isEmpty() {
    for (long bits : found) {
      if (bits != 0) {
        return false;
      }
    }
    return true;
  }

  /** Finds a document, with these points if it has no more. */
  void best(int document, int value) {
    int at = document - from;
    long bit = 1L << at;
    if ((found[at >> 6] & bit) == 0) {
      found[at >> 6] |= bit;
      points[at] = value;
    } else if (points[at] < value) {
      points[at] = value;
    }
  }

  /** Finds what either has, with the higher points. */
  void best(PointsWindow other) {
    for (int document = other.next(from); document < to; document = other.next(document + 1)) {
      best(document, other.points(document));
    }
  }

  /** Finds what either has, with the sum of both. */
  void add(PointsWindow other) {
    for (int word = 0; word < WORDS; word++) {
      for (long bits = other.found[word]; bits != 0; bits &= bits - 1) {
        int at = (word << 6) + Long.numberOfTrailingZeros(bits);
        points[at] = other.points[at] + ((found[word] & (1L << at)) == 0 ? 0 : points[at]);
      }
      found[word] |= other.found[word];
    }
  }

  /** Keeps what both have, with the sum of both. */
  void keep(PointsWindow other) {
    for (int word = 0; word < WORDS; word++) {
      found[word] &= other.found[word];
      for (long bits = found[word]; bits != 0; bits &= bits - 1) {
        int at = (word << 6) + Long.numberOfTrailingZeros(bits);
        points[at] += other.points[at];
      }
    }
  }

  /** Keeps what the other has not. */
  void remove(PointsWindow other) {
    for (int word = 0; word < WORDS; word++) {
      found[word] &= ~other.found[word];
    }
  }

  /** Gives all that is found so many points, or so many more. */
  void move(int value, boolean more) {
    for (int word = 0; word < WORDS; word++) {
      for (long bits = found[word]; bits != 0; bits &= bits - 1) {
        int at = (word << 6) + Long.numberOfTrailingZeros(bits);
        points[at] = value + (more ? points[at] : 0);
      }
    }
  }
}
