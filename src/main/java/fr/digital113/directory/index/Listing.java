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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
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
  private static final int ALL = Integer.MAX_VALUE;

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
    boolean together = sorting.forwards().needsScores();
    if (together && facets == null) {
      TopFieldDocs hits =
          snapshot.searcher().search(query, collector(backwards, count, after, ALL));
      return new Run(hits, hits.totalHits.value, null);
    }
    if (facets == null) {
      if (isAsFiles(backwards) && !snapshot.knowsTotal(query)) {
        TopFieldDocs hits =
            snapshot.searcher().search(query, OrderOfFiles.first(count, after, true));
        snapshot.keepTotal(query, Math.toIntExact(hits.totalHits.value));
        return new Run(hits, hits.totalHits.value, null);
      }
      int total = snapshot.total(query);
      return new Run(first(snapshot, backwards, count, after, total), total, null);
    }
    FacetSearch.Outcome outcome =
        facets.search(snapshot, query, together ? collector(backwards, count, after, ALL) : null);
    TopFieldDocs hits = outcome.hits();
    return new Run(
        hits == null ? first(snapshot, backwards, count, after, outcome.total()) : hits,
        outcome.total(),
        outcome.facets());
  }

  /**
   * @param counted how many are counted at least; beyond that some may be passed over
   */
  private CollectorManager<?, TopFieldDocs> collector(
      boolean backwards, int count, @Nullable FieldDoc after, int counted) {
    if (!backwards && sorting.isOfFilesByRelevance()) {
      return OrderOfFiles.best(count, after);
    }
    Sort sort = backwards ? sorting.backwards() : sorting.forwards();
    return new TopFieldCollectorManager(sort, count, after, counted);
  }

  private TopFieldDocs first(
      Snapshot snapshot, boolean backwards, int count, @Nullable FieldDoc after, long total)
      throws IOException {
    Distance nearest = backwards ? null : sorting.nearest();
    return nearest == null
        ? window(snapshot, backwards, count, after)
        : NearestFirst.search(
            snapshot, query, nearest, sorting.forwards(), count, after, total > NearestFirst.FEW);
  }

  /** The items that follow one, with their sort keys; the first ones when there is none. */
  TopFieldDocs window(Snapshot snapshot, boolean backwards, int count, @Nullable FieldDoc after)
      throws IOException {
    if (backwards ? sorting.isOfFiles() : sorting.isOfFilesFromTheEnd()) {
      return OrderOfFiles.last(snapshot, query, count, after);
    }
    if (isAsFiles(backwards)) {
      return snapshot.searcher().search(query, OrderOfFiles.first(count, after, false));
    }
    return snapshot.searcher().search(query, collector(backwards, count, after, count));
  }

  private boolean isAsFiles(boolean backwards) {
    return backwards ? sorting.isOfFilesFromTheEnd() : sorting.isOfFiles();
  }

  /** The documents come in any order of numbers, and are read in that of the files. */
  private static List<Item> load(Snapshot snapshot, Language language, List<ScoreDoc> hits)
      throws IOException {
    JsonColumn bodies = new JsonColumn(snapshot.reader(), Fields.body(language));
    Item[] items = new Item[hits.size()];
    int[] byNumber =
        IntStream.range(0, items.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> hits.get(i).doc))
            .mapToInt(i -> i)
            .toArray();
    for (int i : byNumber) {
      items[i] = item(bodies, hits.get(i));
    }
    return Arrays.asList(items);
  }

  static Item item(JsonColumn bodies, ScoreDoc hit) throws IOException {
    return new Item(Sorting.id(hit), hit.doc, bodies.get(hit.doc));
  }

  private Walk walk(Snapshot snapshot) {
    return Walk.of(snapshot, binding, sorting.key(), sorting.keyTypes());
  }
}
