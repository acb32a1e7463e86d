package fr.digital113.directory.initiatives;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The facets of a list of initiatives. */
final class InitiativeFacets {
  private static final List<String> NAMES =
      List.of(InitiativeFields.STATUS, InitiativeFields.KIND, InitiativeFields.FACTORY);
  private static final List<String> PRIVATE_NAMES =
      List.of(
          InitiativeFields.STATUS,
          InitiativeFields.KIND,
          InitiativeFields.FACTORY,
          InitiativeFields.PUBLICATION);

  private final InitiativeQuery query;
  private final List<String> names;
  private final Labels labels;
  private final Language language;

  InitiativeFacets(InitiativeQuery query, Snapshot snapshot, Language language) {
    this.query = query;
    this.names = snapshot.isPrivate() ? PRIVATE_NAMES : NAMES;
    this.labels = snapshot.labels();
    this.language = language;
  }

  /**
   * One value of a facet.
   *
   * @param code what the filter takes
   * @param count initiatives, under all filters but the facet's own
   * @param selected whether the filter names it
   */
  record Value(String code, String label, long count, boolean selected) {}

  /** The facets that {@code facets} names; mistakes are collected in {@code parameters}. */
  List<Facet> named(QueryParameters parameters) {
    return parameters.anyOf("facets", names).stream().map(this::facet).toList();
  }

  private Facet facet(String name) {
    return switch (name) {
      case InitiativeFields.STATUS ->
          of(name, query.statuses(), count -> coded(count, Code.Status.values()));
      case InitiativeFields.KIND ->
          of(name, query.kinds(), count -> coded(count, Code.Kind.values()));
      case InitiativeFields.PUBLICATION ->
          of(name, query.publications(), count -> coded(count, Code.Publication.values()));
      case InitiativeFields.FACTORY -> of(name, query.factories(), this::factory);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** A facet that leaves out the filter of its own name. */
  private static Facet of(
      String name, Set<String> selected, Function<Facet.Count, @Nullable Value> naming) {
    return new Facet(
        name,
        name,
        selected,
        counts ->
            counts.stream()
                .map(naming)
                .filter(Objects::nonNull)
                .sorted(
                    Comparator.comparingLong(Value::count).reversed().thenComparing(Value::code))
                .toList());
  }

  private Value coded(Facet.Count count, Code... all) {
    Text label = Code.label(count.value(), all);
    return new Value(count.value(), label.in(language), count.items(), count.selected());
  }

  /** Factories are indexed by id. */
  private @Nullable Value factory(Facet.Count count) {
    JsonNode factory = labels.find("factory", count.value());
    return factory == null
        ? null
        : new Value(
            factory.path("slug").asText(),
            factory.path("name").asText(),
            count.items(),
            count.selected());
  }
}
