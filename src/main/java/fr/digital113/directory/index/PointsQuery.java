package fr.digital113.directory.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.RamUsageEstimator;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Points} find, as a query of Lucene; the points are the scores. Lucene's own
 * disjunctions inside of conjunctions compare all their lists for each document, which took nearly
 * all of a search for a frequent word.
 */
final class PointsQuery extends Query implements Accountable {
  private static final long IN_A_TREE = 128; // bytes that the place of a query takes, about

  private final Points points;
  private final int hash;

  /** Each once, however often the tree has it. */
  private final Set<Query> queries = new LinkedHashSet<>();

  PointsQuery(Points points) {
    this.points = points;
    hash = 31 * classHash() + points.hashCode();
    points.queries(queries::add);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    Map<Query, Weight> distinct = new HashMap<>();
    for (Query query : queries) {
      distinct.put(
          query, searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1));
    }
    // They are looked up for each segment, which comparing them would make slow.
    Map<Query, Weight> weights = new IdentityHashMap<>();
    points.queries(each -> weights.put(each, Objects.requireNonNull(distinct.get(each))));
    return new PointsWeight(weights, boost);
  }

  private final class PointsWeight extends Weight {
    private final Map<Query, Weight> weights;
    private final float boost;

    PointsWeight(Map<Query, Weight> weights, float boost) {
      super(PointsQuery.this);
      this.weights = weights;
      this.boost = boost;
    }

    @Override
    public @Nullable Scorer scorer(LeafReaderContext context) throws IOException {
      int size = context.reader().maxDoc();
      PointsNode node =
          points.in(
              (query, each) -> {
                Scorer scorer = Objects.requireNonNull(weights.get(query)).scorer(context);
                return scorer == null ? null : new PointsNode.Found(scorer.iterator(), each, size);
              });
      return node == null ? null : new PointsScorer(this, node, size, boost);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return weights.values().stream().allMatch(each -> each.isCacheable(context));
    }

    @Override
    public Explanation explain(LeafReaderContext context, int document) throws IOException {
      Scorer scorer = scorer(context);
      return scorer != null && scorer.iterator().advance(document) == document
          ? Explanation.match(scorer.score(), "points")
          : Explanation.noMatch("not found");
    }
  }

  /** As one: how many lists a text may have is bounded by its length and not by Lucene. */
  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  /** So that whoever remembers queries does not take it for a few words. */
  @Override
  public long ramBytesUsed() {
    return queries.stream().mapToLong(each -> IN_A_TREE + RamUsageEstimator.sizeOf(each)).sum();
  }

  @Override
  public String toString(String field) {
    return points.toString();
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other) && points.equals(((PointsQuery) other).points);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
