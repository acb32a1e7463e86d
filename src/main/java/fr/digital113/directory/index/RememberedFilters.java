package fr.digital113.directory.index;

import java.io.IOException;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryCache;
import org.apache.lucene.search.QueryCachingPolicy;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.UsageTrackingQueryCachingPolicy;

/**
 * Which filters are remembered for each segment, as sets of bits. Lucene never remembers single
 * terms, since few are frequent where there are only texts; here a filter is a term that a tenth of
 * all items may have, and two sets of bits meet ten times as fast as two lists do.
 */
final class RememberedFilters {
  private static final int MOST = 1_000;
  private static final long MOST_BYTES = 48L << 20;
  private static final int SMALLEST_SEGMENT = 2_000;

  /** Shared by all snapshots: segments outlive them. */
  static final QueryCache CACHE =
      new LRUQueryCache(
          MOST,
          MOST_BYTES,
          segment -> segment.reader().maxDoc() >= SMALLEST_SEGMENT,
          Float.POSITIVE_INFINITY);

  static final QueryCachingPolicy POLICY = new Policy();

  private RememberedFilters() {}

  private static final class Policy implements QueryCachingPolicy {
    private final QueryCachingPolicy otherwise = new UsageTrackingQueryCachingPolicy();

    @Override
    public void onUse(Query query) {
      otherwise.onUse(query);
    }

    /** Texts are many; remembering one would find it beyond the filters beside it. */
    @Override
    public boolean shouldCache(Query query) throws IOException {
      if (query instanceof PointsQuery) {
        return false;
      }
      return query instanceof TermQuery term
          ? isFilter(term.getTerm().field())
          : otherwise.shouldCache(query);
    }

    /** Fields of texts and of names in paths have few items a term, and any number of terms. */
    private static boolean isFilter(String field) {
      return field.equals(Fields.TYPE) || !field.startsWith(Fields.OWN);
    }
  }
}
