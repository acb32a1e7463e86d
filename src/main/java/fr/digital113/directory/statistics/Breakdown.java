package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.LabelItems;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Dimension.Role;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What companies can be counted by. The names are those of the facets of their list, where both
 * exist.
 */
public enum Breakdown {
  REGION("region", "region", "Région", "Region", Role.GEO),
  DEPARTEMENT("departement", "departement", "Département", "Département", Role.GEO),
  EPCI("epci", "epci", "Intercommunalité (EPCI)", "Intermunicipality (EPCI)", Role.GEO),
  TERRITORY(
      "territory",
      "namedPlace",
      "Territoire cité par le cluster",
      "Place named by the cluster",
      Role.GEO),
  SECTOR("sector", "sector", "Secteur", "Sector", Role.CLASSIFICATION),
  SIZE_CLASS("sizeClass", "sizeClass", "Tranche d'effectif", "Size class", Role.CLASSIFICATION),
  ORIGIN(
      "origin", "origin", "Origine de l'adhésion", "Origin of the membership", Role.CLASSIFICATION),
  MEMBERSHIP("membership", "membership", "Adhésion", "Membership", Role.CLASSIFICATION),
  FACTORY("factory", "factory", "Factory", "Factory", Role.CLASSIFICATION),
  JOINED_YEAR("joinedYear", "joinedYear", "Année d'adhésion", "Year of joining", Role.TIME);

  private final String id;
  private final String facet;
  private final Text label;
  private final Role role;

  Breakdown(String id, String facet, String fr, String en, Role role) {
    this.id = id;
    this.facet = facet;
    this.label = new Text(fr, en);
    this.role = role;
  }

  /** Everything that names categories. */
  record Names(LabelItems labels, SizeClasses sizeClasses) {}

  /** The name that {@code by} takes. */
  public String id() {
    return id;
  }

  /** Under which the index counts it. */
  String facet() {
    return facet;
  }

  Text label() {
    return label;
  }

  Role role() {
    return role;
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(Breakdown::id).toList();
  }

  static Breakdown of(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id));
  }

  /** Whether one company can be in several categories. */
  boolean overlaps() {
    return this == SECTOR || this == FACTORY || this == TERRITORY;
  }

  /**
   * Every category that there is today, in the order to show them, by the value that companies are
   * counted under. Of years there are those that are found.
   */
  Map<String, Category> categories(Names names) {
    return switch (this) {
      case REGION, DEPARTEMENT, EPCI -> territories(names, each -> level(each).equals(id));
      case TERRITORY -> territories(names, each -> each.path("namedPlace").asBoolean());
      case SECTOR ->
          sorted(
              names.labels().all("sector").stream()
                  .map(each -> Map.entry(each.id(), category(each.id(), text(each.document()))))
                  .toList(),
              Comparator.comparing(each -> each.getValue().code()));
      case FACTORY ->
          sorted(
              names.labels().all("factory").stream()
                  .map(
                      each -> {
                        String name = each.document().path("name").asText();
                        return Map.entry(
                            each.id(),
                            category(each.document().path("slug").asText(), new Text(name, name)));
                      })
                  .toList(),
              Comparator.comparing(each -> each.getValue().code()));
      case SIZE_CLASS -> named(names.sizeClasses().codes(), names.sizeClasses()::label);
      case ORIGIN -> named(Companies.origins(), Companies::originLabel);
      case MEMBERSHIP -> named(List.of("member", "former", "none"), Breakdown::membership);
      case JOINED_YEAR -> Map.of();
    };
  }

  private static Map<String, Category> territories(Names names, Function<JsonNode, Boolean> which) {
    return sorted(
        names.labels().all("territory").stream()
            .filter(each -> which.apply(each.document()))
            .map(
                each -> {
                  String name = each.document().path("name").asText();
                  return Map.entry(each.id(), category(each.id(), new Text(name, name)));
                })
            .toList(),
        Map.Entry.comparingByKey());
  }

  private static String level(JsonNode territory) {
    return territory.path("level").asText();
  }

  private static Map<String, Category> named(Iterable<String> codes, Function<String, Text> label) {
    Map<String, Category> all = new java.util.LinkedHashMap<>();
    codes.forEach(code -> all.put(code, category(code, label.apply(code))));
    return all;
  }

  private static Map<String, Category> sorted(
      List<Map.Entry<String, Category>> found, Comparator<Map.Entry<String, Category>> order) {
    return found.stream()
        .sorted(order)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (one, same) -> one,
                java.util.LinkedHashMap::new));
  }

  private static Category category(String code, Text label) {
    return new Category(code, label);
  }

  private static Text text(JsonNode sector) {
    JsonNode label = sector.path("label");
    String fr = label.path("fr").asText();
    return new Text(fr, label.path("en").asText(fr));
  }

  private static Text membership(String code) {
    return switch (code) {
      case "member" -> new Text("Membre", "Member");
      case "former" -> new Text("Ancien membre", "Former member");
      default -> new Text("Non membre", "Not a member");
    };
  }
}
