package fr.digital113.directory.index;

import java.io.IOException;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/**
 * The nearest items of many, without the distance of each: looks within growing circles, until
 * enough are well within one. What lies outside of it is farther than all of them.
 */
final class NearestFirst {
  private static final double FIRST_METRES = 500;
  private static final double GROWTH = 4;
  private static final double LARGEST_METRES = 150_000;
  private static final double AROUND_THE_EARTH_METRES = 40_100_000;
  private static final double MARGIN_METRES = 1; // the circle's own arithmetic rounds places

  /** Of fewer, the distance of each is found sooner. */
  static final long FEW = 2_000;

  private NearestFirst() {}

  /**
   * @param many whether the query finds so many items that circles save time
   * @param after the last item before those that are wanted; null for none
   */
  static TopFieldDocs search(
      Snapshot snapshot,
      Query query,
      Distance from,
      Sort sort,
      int count,
      @Nullable FieldDoc after,
      boolean many)
      throws IOException {
    // A cursor may name any number: items without a place are infinitely far.
    double passed = after == null ? 0 : Math.max(0, ((Number) after.fields[0]).doubleValue());
    if (many && passed < AROUND_THE_EARTH_METRES) {
      for (double metres = passed + FIRST_METRES;
          metres <= passed + LARGEST_METRES;
          metres = passed + GROWTH * (metres - passed)) {
        TopFieldDocs found = top(snapshot, within(query, from, metres), sort, count, after);
        if (found.scoreDocs.length == count
            && metres(found.scoreDocs[count - 1]) < metres - MARGIN_METRES) {
          return found;
        }
      }
    }
    return top(snapshot, query, sort, count, after);
  }

  private static double metres(ScoreDoc hit) {
    return ((Number) ((FieldDoc) hit).fields[0]).doubleValue();
  }

  private static Query within(Query query, Distance from, double metres) {
    return new BooleanQuery.Builder()
        .add(query, Occur.FILTER)
        .add(from.within(metres), Occur.FILTER)
        .build();
  }

  private static TopFieldDocs top(
      Snapshot snapshot, Query query, Sort sort, int count, @Nullable FieldDoc after)
      throws IOException {
    return snapshot
        .searcher()
        .search(query, new TopFieldCollectorManager(sort, count, after, Integer.MAX_VALUE));
  }
}
