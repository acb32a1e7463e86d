package fr.digital113.directory.index;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which items of one type: values of one filter are alternatives, different filters must all hold.
 * A filter is known by the name of its field, so that a {@link Facet} can leave it out.
 */
public final class Query {
  private final BooleanQuery.Builder all = new BooleanQuery.Builder();
  private final Map<String, org.apache.lucene.search.Query> filters = new LinkedHashMap<>();

  /** What is asked for, in the order of the calls: Lucene's own text differs from run to run. */
  private final List<String> asked = new ArrayList<>();

  private List<Facet> facets = List.of();

  /** All items of a type. */
  public Query(String type) {
    all.add(Items.ofType(type), Occur.FILTER);
    asked.add(type);
  }

  /** Those with any of these values, which no facet leaves out; all when there are no values. */
  public Query within(String field, Collection<String> values) {
    if (!values.isEmpty()) {
      all.add(any(field, values), Occur.FILTER);
      asked.add("within " + field + sorted(values));
    }
    return this;
  }

  /** Those with any of these values; all when there are no values. Once for each field. */
  public Query anyOf(String field, Collection<String> values) {
    if (!values.isEmpty()) {
      if (filters.put(field, any(field, values)) != null) {
        throw new IllegalStateException("two filters " + field);
      }
      asked.add(field + sorted(values));
    }
    return this;
  }

  private static org.apache.lucene.search.Query any(String field, Collection<String> values) {
    if (values.size() == 1) {
      return new TermQuery(new Term(field, values.iterator().next()));
    }
    return new TermInSetQuery(field, sorted(values).stream().map(BytesRef::new).toList());
  }

  private static List<String> sorted(Collection<String> values) {
    return values.stream().sorted().toList();
  }

  /** Those with a number of at least {@code low}. */
  public Query atLeast(String field, long low) {
    all.add(range(field, low, Long.MAX_VALUE), Occur.FILTER);
    asked.add(field + ">=" + low);
    return this;
  }

  /** Those with a number of less than {@code bound}. */
  public Query below(String field, long bound) {
    all.add(range(field, Long.MIN_VALUE, bound - 1), Occur.FILTER);
    asked.add(field + "<" + bound);
    return this;
  }

  /** Beside a narrower filter, only the numbers of its items are looked at. */
  private static org.apache.lucene.search.Query range(String field, long low, long high) {
    return new IndexOrDocValuesQuery(
        LongPoint.newRangeQuery(field, low, high),
        NumericDocValuesField.newSlowRangeQuery(field, low, high));
  }

  /** Those that are at most so many km from a point. */
  public Query atMost(BigDecimal km, Distance from) {
    all.add(from.atMost(km), Occur.FILTER);
    asked.add(km.toPlainString() + " km from " + from);
    return this;
  }

  /** Those that lie in a box. */
  public Query in(Box box) {
    all.add(box.query(), Occur.FILTER);
    asked.add(box.toString());
    return this;
  }

  /** Counts these as well, in the same run. They change neither the items nor the cursors. */
  public Query counting(List<Facet> wanted) {
    facets = wanted;
    return this;
  }

  /** Those that a text finds; all when there is none. It scores them for {@link Sorting}. */
  public Query matching(@Nullable TextQuery text) {
    if (text != null) {
      all.add(text.anywhere(), Occur.MUST);
      asked.add(text.key());
    }
    return this;
  }

  /** Those that a text suggests while it is typed; scored. */
  org.apache.lucene.search.Query suggestedBy(TextQuery text) {
    return new BooleanQuery.Builder()
        .add(allAnd(filters.values()), Occur.FILTER)
        .add(text.typedIn(List.of(TextPart.NAME, TextPart.CODE)), Occur.MUST)
        .build();
  }

  /** The listing in an order. */
  public Listing sortedBy(Sorting sorting) {
    BooleanQuery query = allAnd(filters.values());
    return new Listing(query, sorting, key(), facets.isEmpty() ? null : facetSearch());
  }

  /** What it finds, without an order. */
  org.apache.lucene.search.Query filter() {
    return allAnd(filters.values());
  }

  /** Of these items alone, by their keys. */
  org.apache.lucene.search.Query andAnyOf(Collection<String> keys) {
    return new BooleanQuery.Builder()
        .add(filter(), Occur.FILTER)
        .add(any(Fields.KEY, keys), Occur.FILTER)
        .build();
  }

  /** Names what it finds, the same in every process: two that ask the same have the same name. */
  public String key() {
    return asked.toString();
  }

  private FacetSearch facetSearch() {
    Map<String, org.apache.lucene.search.Query> without = new LinkedHashMap<>();
    for (Facet facet : facets) {
      Map<String, org.apache.lucene.search.Query> kept = new LinkedHashMap<>(filters);
      if (kept.remove(facet.filter()) != null) {
        without.put(facet.filter(), allAnd(kept.values()));
      }
    }
    return new FacetSearch(facets, without);
  }

  private BooleanQuery allAnd(Collection<org.apache.lucene.search.Query> more) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    all.build().forEach(query::add);
    more.forEach(each -> query.add(each, Occur.FILTER));
    return query.build();
  }
}
