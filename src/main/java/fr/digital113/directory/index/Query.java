package fr.digital113.directory.index;

import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which items of one type: values of one filter are alternatives, different filters must all hold.
 */
public final class Query {
  private final BooleanQuery.Builder all = new BooleanQuery.Builder();

  /** All items of a type. */
  public Query(String type) {
    all.add(Items.ofType(type), Occur.FILTER);
  }

  /** Those with any of these values; all when there are no values. */
  public Query anyOf(String field, Collection<String> values) {
    if (values.size() == 1) {
      all.add(new TermQuery(new Term(field, values.iterator().next())), Occur.FILTER);
    } else if (!values.isEmpty()) {
      List<BytesRef> terms = values.stream().sorted().map(BytesRef::new).toList();
      all.add(new TermInSetQuery(field, terms), Occur.FILTER);
    }
    return this;
  }

  /** Those with a number of at least {@code low}. */
  public Query atLeast(String field, long low) {
    all.add(LongPoint.newRangeQuery(field, low, Long.MAX_VALUE), Occur.FILTER);
    return this;
  }

  /** Those that a text finds; all when there is none. It scores them for {@link Sorting}. */
  public Query matching(@Nullable TextQuery text) {
    if (text != null) {
      all.add(text.anywhere(), Occur.MUST);
    }
    return this;
  }

  /** Those that a text suggests while it is typed; scored. */
  org.apache.lucene.search.Query suggestedBy(TextQuery text) {
    return all.add(text.typedIn(List.of(TextPart.NAME, TextPart.CODE)), Occur.MUST).build();
  }

  /** The listing in an order. */
  public Listing sortedBy(Sorting sorting) {
    BooleanQuery query = all.build();
    return new Listing(query, sorting, query.toString());
  }
}
