package fr.digital113.directory.initiatives;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.index.TextQuery;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.QueryParameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which initiatives, in which order: parsed and valid. Values of one filter are alternatives,
 * different filters must all hold; an empty filter holds for every initiative.
 *
 * @param text what to search for; null for nothing
 * @param factories ids
 * @param sectors slugs, of the Factories that lead them
 * @param partners ids of companies
 * @param publications empty where all are published
 * @param sort one of the orders that {@code sort} names
 */
record InitiativeQuery(
    @Nullable TextQuery text,
    Set<String> factories,
    Set<String> statuses,
    Set<String> kinds,
    Set<String> sectors,
    Set<String> partners,
    Set<String> publications,
    String sort) {
  private static final String BY_TITLE = "title";
  private static final List<String> ORDERS =
      List.of(
          TextQuery.RELEVANCE,
          BY_TITLE,
          "-title",
          InitiativeFields.STARTED,
          "-startedOn",
          InitiativeFields.ENDED,
          "-endedOn");

  /** Reads the parameters; mistakes are collected in them. */
  static InitiativeQuery of(QueryParameters parameters, Reading reading) {
    Snapshot snapshot = reading.snapshot();
    TextQuery text = TextQuery.read(parameters);
    Set<String> factories = Items.named(InitiativeFields.FACTORY, parameters, snapshot);
    Set<String> statuses =
        parameters.anyOf(InitiativeFields.STATUS, Code.codes(Code.Status.values()));
    Set<String> kinds = parameters.anyOf(InitiativeFields.KIND, Code.codes(Code.Kind.values()));
    Set<String> sectors = Items.named(InitiativeFields.SECTOR, parameters, snapshot);
    Set<String> partners = reading.publicCompanies(InitiativeFields.PARTNER, parameters);
    String asked = TextQuery.sort(parameters, ORDERS);
    return new InitiativeQuery(
        text,
        factories,
        statuses,
        kinds,
        sectors,
        partners,
        Publications.asked(parameters, snapshot),
        asked != null ? asked : text != null ? TextQuery.RELEVANCE : BY_TITLE);
  }

  /** The query in the index's terms, within the scope of a path. */
  Query query(InitiativeScope scope) {
    return new Query(InitiativeFields.TYPE)
        .matching(text)
        .within(InitiativeFields.FACTORY, scope.factories())
        .anyOf(InitiativeFields.PARTNER, partners)
        .anyOf(InitiativeFields.SECTOR, sectors)
        .anyOf(InitiativeFields.FACTORY, factories)
        .anyOf(InitiativeFields.STATUS, statuses)
        .anyOf(InitiativeFields.KIND, kinds)
        .anyOf(InitiativeFields.PUBLICATION, publications);
  }

  Sorting sorting(Language language) {
    String title = InitiativeFields.TITLE + language.tag();
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    return switch (field) {
      case TextQuery.RELEVANCE -> Sorting.byRelevance().then(Sorting.byText(title, false));
      case BY_TITLE -> Sorting.byText(title, descending);
      default -> Sorting.byNumber(field, descending).then(Sorting.byText(title, false));
    };
  }
}
