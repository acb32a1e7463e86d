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

/**
 * Workshops (tables à secousses), without what participants say of a plan: that is theirs to write.
 * A row is about the workshop with its id, else about the one that starts at the same moment.
 */
@Singleton
class WorkshopsImport extends ItemsImport {
  private static final String PRESENTERS = "presenters";

  private static final List<ItemColumn> COLUMNS =
      List.of(
          id(),
          ItemColumn.text("subjectFr", List.of("sujet"), "subject/fr", "Sujet.", "In French."),
          ItemColumn.text("subjectEn", List.of(), "subject/en", "En anglais.", "Subject."),
          ItemColumn.moment(
              "start",
              List.of("debut"),
              "Début, heure de Paris (AAAA-MM-JJ HH:MM), ou avec son décalage (AAAA-MM-JJTHH:MM:SSZ), comme dans l'export.",
              "Start, time of Paris (YYYY-MM-DD HH:MM), or with its offset (YYYY-MM-DDTHH:MM:SSZ), as in the export."),
          ItemColumn.moment("end", List.of("fin"), "Fin.", "End."),
          ItemColumn.text("placeName", List.of("lieu"), "place/name", "Lieu.", "Place."),
          ItemColumn.text(
              "commune", List.of(), "place/commune", "Code Insee.", "Insee code of the commune."),
          ItemColumn.degrees("latitude", List.of(), "place/location/lat", 90),
          ItemColumn.degrees("longitude", List.of(), "place/location/lon", 180),
          ItemColumn.text(
              "status",
              List.of("statut"),
              "status",
              "planned (si vide), held ou cancelled.",
              "planned (when empty), held or cancelled."),
          ItemColumn.text(
              "publication",
              List.of(),
              "publication",
              "draft (si vide), published ou archived.",
              "draft (when empty), published or archived."),
          ItemColumn.texts(
              "participants",
              List.of("participantes"),
              "participants",
              "Entreprises participantes, celles qui présentent comprises, séparées par |.",
              "Participating companies, those that present among them, separated by |."),
          ItemColumn.texts(
              PRESENTERS,
              List.of("presentatrices"),
              PRESENTERS,
              "Qui présente, et quoi : entreprise=DE,US=sujet, séparés par |.",
              "Who presents what: company=DE,US=subject, separated by |."));

  WorkshopsImport(ItemFiles files) {
    super(files, "workshop", COLUMNS);
  }

  @Override
  public String name() {
    return "workshops";
  }

  @Override
  public void checkHeader(List<String> header) {
    Header.of(header, columns()).requireOneOf("id", "start");
  }

  @Override
  public String exportQuery() {
    return """
        select w.id::text, w.subject_fr, w.subject_en, utc_text(w.starts_at), utc_text(w.ends_at),
          w.place, w.commune, w.latitude::text, w.longitude::text, w.status, w.publication,
          (select string_agg(c.slug, '|' order by c.slug) from workshop_participant p join company c on c.id = p.company
           where p.workshop = w.id),
          (select string_agg(c.slug || '=' || array_to_string(p.target_markets, ',') || '=' || replace(p.subject, '|', '/'),
             '|' order by p.position)
           from workshop_presenter p join company c on c.id = p.company where p.workshop = w.id)
        from workshop w
        order by w.starts_at, w.id
        """;
  }

  @Override
  Optional<String> find(Handle database, Map<String, JsonNode> row) {
    return database
        .createQuery("select id::text from workshop where starts_at = :start::timestamptz")
        .bind("start", text(row, "start"))
        .mapTo(String.class)
        .findFirst();
  }

  @Override
  ObjectNode patch(Map<String, JsonNode> row, ObjectNode before) {
    ObjectNode patch = super.patch(row, before);
    if (row.containsKey(PRESENTERS)) {
      ArrayNode presenters = patch.putArray(PRESENTERS);
      for (String each : texts(row, PRESENTERS)) {
        String[] parts = each.split("=", 3);
        ObjectNode presenter = presenters.addObject().put("company", parts[0].strip());
        ArrayNode markets = presenter.putArray("targetMarkets");
        for (String market : parts.length > 1 ? parts[1].split(",", -1) : new String[0]) {
          if (!market.isBlank()) {
            markets.add(market.strip());
          }
        }
        if (parts.length > 2) {
          presenter.put("subject", parts[2].strip());
        }
      }
    }
    return patch;
  }
}
