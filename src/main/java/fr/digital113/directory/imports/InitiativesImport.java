package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.ItemFiles;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Initiatives of Factories. A row is about the one with its id, else with its slug. */
@Singleton
class InitiativesImport extends ItemsImport {
  private static final String PARTNERS = "partners";
  private static final String OTHERS = "otherPartners";

  private static final List<ItemColumn> COLUMNS =
      List.of(
          id(),
          ItemColumn.text(
              "slug",
              List.of(),
              "slug",
              "Nom dans l'adresse ; vide : fait à partir du titre.",
              "Name in the address; empty: made from the title."),
          ItemColumn.text(
              "factory",
              List.of(),
              "factory",
              "Slug ou id de la Factory qui la mène. Obligatoire.",
              "Slug or id of the Factory that leads it. Required."),
          ItemColumn.text(
              "kind",
              List.of("type"),
              "kind",
              "collective_action ou collaborative_project. Obligatoire.",
              "collective_action or collaborative_project. Required."),
          ItemColumn.text("titleFr", List.of("titre"), "title/fr", "Titre.", "Title in French."),
          ItemColumn.text("titleEn", List.of(), "title/en", "Titre en anglais.", "Title."),
          ItemColumn.text("summaryFr", List.of("resume"), "summary/fr", "Résumé.", "In French."),
          ItemColumn.text("summaryEn", List.of(), "summary/en", "Résumé en anglais.", "Summary."),
          ItemColumn.text(
              "status",
              List.of("statut"),
              "status",
              "proposed (si vide), running, done ou dropped.",
              "proposed (when empty), running, done or dropped."),
          ItemColumn.day("startedOn", List.of("debut"), "Début.", "Start."),
          ItemColumn.day("endedOn", List.of("fin"), "Fin.", "End."),
          ItemColumn.text(
              "outcomeFr", List.of("resultat"), "outcome/fr", "Résultat.", "In French."),
          ItemColumn.text("outcomeEn", List.of(), "outcome/en", "En anglais.", "Outcome."),
          ItemColumn.texts(
              PARTNERS,
              List.of("partenaires"),
              PARTNERS,
              "Entreprises de l'annuaire (slug ou id), séparées par |.",
              "Companies of the directory (slug or id), separated by |."),
          ItemColumn.texts(
              OTHERS,
              List.of("autresPartenaires"),
              PARTNERS,
              "Autres organismes : nom, ou nom=adresse, séparés par |.",
              "Other organisations: name, or name=address, separated by |."),
          ItemColumn.text(
              "publication",
              List.of(),
              "publication",
              "draft (si vide), published ou archived.",
              "draft (when empty), published or archived."));

  InitiativesImport(ItemFiles files) {
    super(files, "initiative", COLUMNS);
  }

  @Override
  public String name() {
    return "initiatives";
  }

  @Override
  public void checkHeader(List<String> header) {
    Header read = Header.of(header, columns());
    read.requireOneOf("id", "slug", "titleFr", "titleEn");
    read.requireTogether(PARTNERS, OTHERS);
  }

  @Override
  public String exportQuery() {
    return """
        select i.id::text, i.slug, f.slug, i.kind, i.title_fr, i.title_en, i.summary_fr, i.summary_en, i.status,
          i.started_on::text, i.ended_on::text, i.outcome_fr, i.outcome_en,
          (select string_agg(c.slug, '|' order by p.position) from initiative_partner p join company c on c.id = p.company
           where p.initiative = i.id),
          (select string_agg(p.name || coalesce('=' || p.url, ''), '|' order by p.position) from initiative_partner p
           where p.initiative = i.id and p.company is null),
          i.publication
        from initiative i join factory f on f.id = i.factory
        order by i.slug
        """;
  }

  @Override
  Optional<String> find(Handle database, Map<String, JsonNode> row) {
    return database
        .createQuery("select id::text from initiative where slug = :slug")
        .bind("slug", text(row, "slug"))
        .mapTo(String.class)
        .findOne();
  }

  @Override
  ObjectNode patch(Map<String, JsonNode> row, ObjectNode before) {
    ObjectNode patch = super.patch(row, before);
    if (row.containsKey(PARTNERS)) {
      ArrayNode partners = patch.putArray(PARTNERS);
      texts(row, PARTNERS).forEach(company -> partners.addObject().put("company", company));
      for (String other : texts(row, OTHERS)) {
        String[] parts = other.split("=", 2);
        ObjectNode partner = partners.addObject().put("name", parts[0].strip());
        if (parts.length > 1) {
          partner.put("url", parts[1].strip());
        }
      }
    }
    return patch;
  }
}
