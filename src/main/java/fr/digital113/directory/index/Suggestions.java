package fr.digital113.directory.index;

import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;

/** What a search box offers while somebody types. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * @param band how the name has the text, see {@link TextMatching#band}
   * @param rank among those of its kind in the same band
   */
  private record Offer(int band, int rank, int kind, RawJson json) {}

  /**
   * The best few. Those whose name is the text come first, then those whose name begins with it,
   * then those whose name has all its words, then the others; among equals the kinds take turns,
   * and within a kind the more prominent come first.
   *
   * @param kinds what to choose from, in the order of their turns
   */
  public static List<RawJson> best(
      List<Query> kinds, TextQuery text, Snapshot snapshot, Language language, int count) {
    List<Offer> offers = new ArrayList<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      offers.addAll(ofKind(kind, kinds.get(kind).suggestedBy(text), snapshot, language, count));
    }
    return offers.stream()
        .sorted(
            Comparator.comparingInt(Offer::band)
                .thenComparingInt(Offer::rank)
                .thenComparingInt(Offer::kind))
        .limit(count)
        .map(Offer::json)
        .toList();
  }

  private static List<Offer> ofKind(
      int kind,
      org.apache.lucene.search.Query query,
      Snapshot snapshot,
      Language language,
      int count) {
    String field = Fields.suggestion(language);
    Sorting best =
        Sorting.byRelevance()
            .then(Sorting.byProminence())
            .then(Sorting.byText(Fields.suggestionOrder(language), false));
    List<Offer> offers = new ArrayList<>();
    try {
      TopFieldDocs found =
          snapshot
              .searcher()
              .search(query, new TopFieldCollectorManager(best.forwards(), count, null, count));
      int[] ranks = new int[TextMatching.BANDS];
      for (ScoreDoc hit : found.scoreDocs) {
        int band = TextMatching.band((Float) ((FieldDoc) hit).fields[0]);
        BytesRef json =
            snapshot
                .searcher()
                .storedFields()
                .document(hit.doc, Set.of(field))
                .getBinaryValue(field);
        offers.add(
            new Offer(
                band, ranks[band]++, kind, new RawJson(json.bytes, json.offset, json.length)));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return offers;
  }
}
