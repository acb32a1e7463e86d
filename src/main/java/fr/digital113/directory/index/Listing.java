package fr.digital113.directory.index;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Version;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Keyset paging over a snapshot, the same for every list.
 *
 * @param query which items
 * @param sorting in which order
 * @param binding names the list and its filters; cursors are bound to it
 * @param facets what else is counted for a page; null for nothing
 */
public record Listing(
    org.apache.lucene.search.Query query,
    Sorting sorting,
    String binding,
    @Nullable FacetSearch facets) {

  /**
   * One page.
   *
   * @param total how many items match, exactly
   * @param next cursor of the next page; null on the last
   * @param prev cursor of the previous page; null on the first
   * @param facets what each facet shows, by its name; null when none was asked for
   */
  public record Result(
      List<Item> items,
      long total,
      @Nullable String next,
      @Nullable String prev,
      @Nullable Map<String, List<?>> facets) {}

  /** One item of a page: its id, its number in the snapshot and its ready-made representation. */
  public record Item(String id, int number, RawJson body) {}

  /**
   * Answers what a request asked for: a page with the links to its neighbours, or the whole list.
   */
  public Response respond(Exchange exchange, Snapshot snapshot, Page.Asked asked, Shape shape) {
    return respond(exchange, snapshot, asked, shape, Item::body);
  }

  /** The same, with something added to each item that only the whole snapshot knows. */
  public Response respond(
      Exchange exchange,
      Snapshot snapshot,
      Page.Asked asked,
      Shape shape,
      Function<Item, RawJson> addition) {
    return respond(exchange, snapshot, snapshot.version(), asked, shape, addition);
  }

  /**
   * The same, where what is added is not the snapshot's.
   *
   * @param version of all that the answer is made of; a private one makes it private
   */
  public Response respond(
      Exchange exchange,
      Snapshot snapshot,
      Version version,
      Page.Asked asked,
      Shape shape,
      Function<Item, RawJson> addition) {
    // Before anything else: a caller that already has the answer is told of a bad cursor as well.
    Cursor cursor = walk(snapshot).at(asked.cursor());
    if (shape.isWhole()) {
      return exchange.whole(
          version,
          shape.representation(),
          shape.fileName(snapshot.revision()),
          () -> WholeList.of(this, snapshot, shape, addition));
    }
    return exchange.list(
        version,
        shape.representation(),
        () -> page(exchange, snapshot, asked, cursor, addition),
        shape::page);
  }

  private Page page(
      Exchange exchange,
      Snapshot snapshot,
      Page.Asked asked,
      @Nullable Cursor cursor,
      Function<Item, RawJson> view) {
    Result result = page(snapshot, exchange.language(), asked.limit(), cursor);
    return new Page(
        result.items().stream().map(view).toList(),
        new Page.Position(
            asked.limit(),
            result.total(),
            result.next() == null ? null : exchange.withCursor(result.next()),
            result.prev() == null ? null : exchange.withCursor(result.prev())),
        result.facets(),
        snapshot.revision());
  }

  /** Reads the page at a cursor, or the first one. */
  Result page(Snapshot snapshot, Language language, int limit, @Nullable Cursor cursor) {
    boolean backwards = cursor != null && cursor.backwards();
    try {
      FieldDoc after =
          cursor == null
              ? null
              // The id is the last key, so only the item itself can equal it: no document number
              // decides.
              : new FieldDoc(
                  Math.max(0, snapshot.reader().maxDoc() - 1), Float.NaN, cursor.keys().toArray());
      Run run = search(snapshot, backwards, limit + 1, after);
      TopFieldDocs found = run.hits();
      List<ScoreDoc> hits =
          new ArrayList<>(
              Arrays.asList(found.scoreDocs).subList(0, Math.min(limit, found.scoreDocs.length)));
      boolean more = found.scoreDocs.length > limit;
      if (backwards) {
        Collections.reverse(hits);
      }
      Walk walk = walk(snapshot);
      Walk.Stop stop =
          new Walk.Stop(
              hits.stream().map(hit -> Arrays.asList(((FieldDoc) hit).fields)).toList(),
              more,
              cursor);
      return new Result(
          load(snapshot, language, hits),
          run.total(),
          walk.next(stop),
          walk.prev(stop),
          run.facets());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What one search found; facets are null when none were asked for. */
  record Run(TopFieldDocs hits, long total, @Nullable Map<String, List<?>> facets) {}

  /**
   * An order by relevance needs the points of every match, so that hits, total and facets are found
   * in one run. In any other order the hits need no more than the beginning of what the files are
   * sorted by or know the bounds of, and the total is counted apart, from sets of bits.
   */
  Run search(Snapshot snapshot, boolean backwards, int count, @Nullable FieldDoc after)
      throws IOException {
    Sort sort = backwards ? sorting.backwards() : sorting.forwards();
    boolean together = sort.needsScores();
    var all =
        new TopFieldCollectorManager(sort, count, after, together ? Integer.MAX_VALUE : count);
    if (together && facets == null) {
      TopFieldDocs hits = snapshot.searcher().search(query, all);
      return new Run(hits, hits.totalHits.value, null);
    }
    if (facets == null) {
      int total = snapshot.total(query);
      return new Run(first(snapshot, sort, count, after, backwards, total), total, null);
    }
    FacetSearch.Outcome outcome = facets.search(snapshot, query, together ? all : null);
    TopFieldDocs hits = outcome.hits();
    return new Run(
        hits == null ? first(snapshot, sort, count, after, backwards, outcome.total()) : hits,
        outcome.total(),
        outcome.facets());
  }

  private TopFieldDocs first(
      Snapshot snapshot,
      Sort sort,
      int count,
      @Nullable FieldDoc after,
      boolean backwards,
      long total)
      throws IOException {
    Distance nearest = backwards ? null : sorting.nearest();
    return nearest == null
        ? snapshot.searcher().search(query, new TopFieldCollectorManager(sort, count, after, count))
        : NearestFirst.search(
            snapshot, query, nearest, sort, count, after, total > NearestFirst.FEW);
  }

  private static List<Item> load(Snapshot snapshot, Language language, List<ScoreDoc> hits)
      throws IOException {
    String body = Fields.body(language);
    Set<String> stored = Set.of(body, Fields.ID);
    StoredFields fields = snapshot.searcher().storedFields();
    List<Item> items = new ArrayList<>(hits.size());
    for (ScoreDoc hit : hits) {
      items.add(item(fields, hit.doc, stored, body));
    }
    return items;
  }

  static Item item(StoredFields fields, int number, Set<String> stored, String body)
      throws IOException {
    Document document = fields.document(number, stored);
    BytesRef json = document.getBinaryValue(body);
    return new Item(
        document.get(Fields.ID), number, new RawJson(json.bytes, json.offset, json.length));
  }

  private Walk walk(Snapshot snapshot) {
    return Walk.of(snapshot, binding, sorting.key(), sorting.keyTypes());
  }
}
