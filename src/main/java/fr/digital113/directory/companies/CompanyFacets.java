package fr.digital113.directory.companies;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import fr.digital113.directory.web.QueryParameters;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facets of a list of companies: what {@code facets} names, and what an answer shows of it. */
final class CompanyFacets {
  private static final List<String> NAMES =
      List.of(
          CompanyFields.SECTOR,
          CompanyFields.TERRITORY,
          CompanyFields.DEPARTEMENT,
          CompanyFields.EPCI,
          CompanyFields.SIZE_CLASS,
          CompanyFields.FACTORY,
          CompanyFields.ORIGIN);

  private static final List<String> PRIVATE_NAMES =
      Stream.concat(NAMES.stream(), Stream.of(CompanyFields.PUBLICATION)).toList();

  private final CompanyQuery query;
  private final List<String> names;
  private final Labels labels;
  private final SizeClasses sizeClasses;
  private final Language language;

  CompanyFacets(CompanyQuery query, Snapshot snapshot, SizeClasses sizeClasses, Language language) {
    this.query = query;
    this.names = snapshot.isPrivate() ? PRIVATE_NAMES : NAMES;
    this.labels = snapshot.labels();
    this.sizeClasses = sizeClasses;
    this.language = language;
  }

  /**
   * One value of a facet.
   *
   * @param code what the filter takes
   * @param slug of a territory, and so is {@code level}
   * @param count distinct companies, under all filters but the facet's own
   * @param selected whether the filter names it
   */
  record Value(
      String code,
      @JsonInclude(Include.NON_NULL) @Nullable String slug,
      String label,
      @JsonInclude(Include.NON_NULL) @Nullable String level,
      long count,
      boolean selected) {}

  /** The facets that {@code facets} names; mistakes are collected in {@code parameters}. */
  List<Facet> named(QueryParameters parameters) {
    return parameters.anyOf("facets", names).stream().map(this::facet).toList();
  }

  private Facet facet(String name) {
    return switch (name) {
      case CompanyFields.SECTOR -> of(name, query.sectors(), this::sector);
      case CompanyFields.TERRITORY -> territories(name, query.territories());
      case CompanyFields.DEPARTEMENT, CompanyFields.EPCI ->
          territories(name, ofLevel(name, query.territories()));
      case CompanyFields.SIZE_CLASS -> of(name, query.sizeClasses(), this::sizeClass);
      case CompanyFields.FACTORY -> of(name, query.factories(), this::factory);
      case CompanyFields.ORIGIN -> of(name, query.origins(), CompanyFacets::origin);
      case CompanyFields.PUBLICATION -> of(name, query.publications(), this::publication);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** A facet that leaves out the filter of its own name. */
  private static Facet of(
      String name, Set<String> selected, Function<Facet.Count, @Nullable Value> naming) {
    return new Facet(name, name, selected, counts -> values(counts, naming));
  }

  private Facet territories(String name, Set<String> selected) {
    return new Facet(
        name, CompanyFields.TERRITORY, selected, counts -> values(counts, this::territory));
  }

  private Set<String> ofLevel(String level, Set<String> codes) {
    return codes.stream()
        .filter(
            code -> {
              JsonNode territory = labels.find("territory", code);
              return territory != null && level.equals(Json.text(territory, "level"));
            })
        .collect(Collectors.toSet());
  }

  private static List<Value> values(
      List<Facet.Count> counts, Function<Facet.Count, @Nullable Value> naming) {
    return counts.stream()
        .map(naming)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Value::count).reversed().thenComparing(Value::code))
        .toList();
  }

  private @Nullable Value sector(Facet.Count count) {
    JsonNode sector = labels.find("sector", count.value());
    return sector == null ? null : value(count, count.value(), text(sector.path("label")));
  }

  /** Factories are indexed by id. */
  private @Nullable Value factory(Facet.Count count) {
    JsonNode factory = labels.find("factory", count.value());
    return factory == null
        ? null
        : value(count, factory.path("slug").asText(), factory.path("name").asText());
  }

  private @Nullable Value territory(Facet.Count count) {
    JsonNode territory = labels.find("territory", count.value());
    return territory == null
        ? null
        : new Value(
            count.value(),
            Json.text(territory, "slug"),
            territory.path("name").asText(),
            Json.text(territory, "level"),
            count.items(),
            count.selected());
  }

  private Value sizeClass(Facet.Count count) {
    return value(count, count.value(), sizeClasses.label(count.value()).in(language));
  }

  private Value publication(Facet.Count count) {
    return value(count, count.value(), Publication.label(count.value()).in(language));
  }

  private static Value origin(Facet.Count count) {
    return value(count, count.value(), Origin.label(count.value()));
  }

  private static Value value(Facet.Count count, String code, String label) {
    return new Value(code, null, label, null, count.items(), count.selected());
  }

  private String text(JsonNode texts) {
    return Objects.requireNonNull(Localized.text(texts, language));
  }
}
