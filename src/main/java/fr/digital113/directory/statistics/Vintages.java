package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Published vintages, from the index. */
@Singleton
class Vintages {
  private final ObjectMapper mapper;

  Vintages(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** One of them: its id, and what is published. */
  record Published(String id, String text) {
    VintageDocument document() {
      return VintageDocument.read(text);
    }
  }

  /** All of them, for lists. */
  static Query all() {
    return new Query(VintageIndexing.TYPE).atLeast(VintageIndexing.ORDER, Long.MIN_VALUE);
  }

  /**
   * The vintage in force on a day: the newest of that day or before, in its last correction.
   *
   * @param day null for the newest of all
   * @return its id; null when there is none
   */
  @Nullable String idInForce(Snapshot snapshot, @Nullable LocalDate day) {
    Query query = all();
    if (day != null) {
      query.below(VintageIndexing.ORDER, VintageIndexing.after(day));
    }
    return Items.first(snapshot, query, Sorting.byNumber(VintageIndexing.ORDER, true));
  }

  /**
   * The same, to be read.
   *
   * @throws ProblemException 404 when there is none
   */
  VintageDocument inForce(Snapshot snapshot, @Nullable LocalDate day) {
    String id = idInForce(snapshot, day);
    if (id == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          new Text(
              "Aucun millésime n'est encore publié à cette date ; voir /v1/statistics/vintages.",
              "No vintage is published for this day yet; see /v1/statistics/vintages."));
    }
    return get(snapshot, id).document();
  }

  /** One that is listed, by its id. */
  Published get(Snapshot snapshot, String id) {
    JsonNode document =
        Objects.requireNonNull(Items.source(snapshot, VintageIndexing.TYPE, id, mapper), id);
    return new Published(id, document.path("content").asText());
  }
}
