package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.ItemFiles;
import fr.digital113.directory.values.BadValueException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Meetings of Factories. A row is about the meeting with its id, else about that of the Factory
 * that starts at the same moment.
 */
@Singleton
class MeetingsImport extends ItemsImport {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CANCELLED = "cancelled";
  private static final String MOVED = "moved";
  private static final String OCCURRENCES = "occurrences";

  private static final List<ItemColumn> COLUMNS =
      List.of(
          id(),
          ItemColumn.text(
              "factory",
              List.of(),
              "factory",
              "Slug ou id de la Factory. Obligatoire.",
              "Slug or id of the Factory. Required."),
          ItemColumn.text(
              "titleFr", List.of("titre", "title"), "title/fr", "Titre.", "Title in French."),
          ItemColumn.text(
              "titleEn", List.of("titreAnglais"), "title/en", "Titre en anglais.", "Title."),
          ItemColumn.moment(
              "start",
              List.of("debut"),
              "Début, heure de Paris (AAAA-MM-JJ HH:MM), ou avec son décalage (AAAA-MM-JJTHH:MM:SSZ), comme dans l'export.",
              "Start, time of Paris (YYYY-MM-DD HH:MM), or with its offset (YYYY-MM-DDTHH:MM:SSZ), as in the export."),
          ItemColumn.moment("end", List.of("fin"), "Fin.", "End."),
          ItemColumn.text(
              "rule",
              List.of("recurrence"),
              "rule",
              "Règle de récurrence RFC 5545, comme FREQ=MONTHLY;BYDAY=2TU ; vide : une seule fois.",
              "Recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=2TU; empty: once."),
          ItemColumn.texts(
              CANCELLED,
              List.of("annulees"),
              OCCURRENCES,
              "Occurrences annulées, par leur début en UTC (20270105T170000Z), séparées par |.",
              "Cancelled occurrences by their start in UTC (20270105T170000Z), separated by |."),
          ItemColumn.texts(
              MOVED,
              List.of("deplacees"),
              OCCURRENCES,
              "Occurrences déplacées : 20270105T170000Z=début/fin, séparées par |.",
              "Moved occurrences: 20270105T170000Z=start/end, separated by |."),
          ItemColumn.text("placeName", List.of("lieu"), "place/name", "Lieu.", "Place."),
          ItemColumn.text(
              "commune", List.of(), "place/commune", "Code Insee.", "Insee code of the commune."),
          ItemColumn.degrees("latitude", List.of(), "place/location/lat", 90),
          ItemColumn.degrees("longitude", List.of(), "place/location/lon", 180),
          ItemColumn.text(
              "link",
              List.of("lien"),
              "link",
              "Lien pour participer à distance, montré aux membres seuls.",
              "Link to take part from afar, shown to members alone."),
          ItemColumn.text(
              "agendaFr", List.of("ordreDuJour"), "agenda/fr", "Ordre du jour.", "In French."),
          ItemColumn.text("agendaEn", List.of(), "agenda/en", "En anglais.", "Agenda."),
          ItemColumn.text(
              "minutes",
              List.of("compteRendu"),
              "minutes",
              "Lien du compte rendu, montré aux membres seuls.",
              "Link of the minutes, shown to members alone."),
          ItemColumn.text(
              "visibility",
              List.of("visibilite"),
              "visibility",
              "public (si vide) ou members.",
              "public (when empty) or members."),
          ItemColumn.text(
              "status",
              List.of("statut"),
              "status",
              "confirmed (si vide), tentative ou cancelled.",
              "confirmed (when empty), tentative or cancelled."),
          ItemColumn.text(
              "publication",
              List.of(),
              "publication",
              "draft (si vide), published ou archived.",
              "draft (when empty), published or archived."));

  MeetingsImport(ItemFiles files) {
    super(files, "meeting", COLUMNS);
  }

  @Override
  public String name() {
    return "meetings";
  }

  @Override
  public void checkHeader(List<String> header) {
    Header.of(header, columns()).requireOneOf("id", "start");
  }

  @Override
  public String exportQuery() {
    return """
        select m.id::text, f.slug, m.title_fr, m.title_en, utc_text(m.starts_at), utc_text(m.ends_at), m.rule,
          (select string_agg(o.recurrence_id, '|' order by o.recurrence_id) from meeting_occurrence o
           where o.meeting = m.id and o.status = 'cancelled'),
          (select string_agg(o.recurrence_id || '=' || utc_text(o.starts_at) || '/' || utc_text(o.ends_at), '|' order by o.recurrence_id)
           from meeting_occurrence o where o.meeting = m.id and o.starts_at is not null),
          m.place, m.commune, m.latitude::text, m.longitude::text, m.link, m.agenda_fr, m.agenda_en, m.minutes,
          m.visibility, m.status, m.publication
        from meeting m join factory f on f.id = m.factory
        order by f.slug, m.starts_at, m.id
        """;
  }

  @Override
  Optional<String> find(Handle database, Map<String, JsonNode> row) {
    return database
        .createQuery(
            """
            select m.id::text from meeting m join factory f on f.id = m.factory
            where m.starts_at = :start::timestamptz and (f.slug = :factory or f.id::text = :factory)
            """)
        .bind("start", text(row, "start"))
        .bind("factory", text(row, "factory"))
        .mapTo(String.class)
        .findFirst();
  }

  /** What a row does not say of an occurrence, such as who came, stays. */
  @Override
  ObjectNode patch(Map<String, JsonNode> row, ObjectNode before) {
    ObjectNode patch = super.patch(row, before);
    if (!row.containsKey(CANCELLED) && !row.containsKey(MOVED)) {
      return patch;
    }
    Map<String, ObjectNode> all = new TreeMap<>();
    for (JsonNode each : before.path(OCCURRENCES)) {
      all.put(each.path("recurrenceId").asText(), each.deepCopy());
    }
    if (row.containsKey(CANCELLED)) {
      List<String> cancelled = texts(row, CANCELLED);
      all.values().stream()
          .filter(each -> each.path("status").asText().equals(CANCELLED))
          .forEach(each -> each.remove("status"));
      cancelled.forEach(id -> occurrence(all, id).put("status", CANCELLED));
    }
    if (row.containsKey(MOVED)) {
      all.values().forEach(each -> each.remove(List.of("start", "end")));
      for (String moved : texts(row, MOVED)) {
        String[] parts = moved.split("[=/]", 3);
        ObjectNode occurrence = occurrence(all, parts[0]);
        occurrence.put("start", moment(parts, 1));
        occurrence.put("end", moment(parts, 2));
      }
    }
    ArrayNode occurrences = JSON.arrayNode();
    all.values().stream().filter(each -> isParticular(each)).forEach(occurrences::add);
    patch.set(OCCURRENCES, occurrences);
    return patch;
  }

  private static ObjectNode occurrence(Map<String, ObjectNode> all, String id) {
    return all.computeIfAbsent(id, each -> JSON.objectNode().put("recurrenceId", each));
  }

  /** What is no moment is told by the rules of the write. */
  private static String moment(String[] parts, int at) {
    String given = at < parts.length ? parts[at] : "";
    try {
      return ItemColumn.moment(given);
    } catch (BadValueException told) {
      return given.isEmpty() ? "?" : given;
    }
  }

  private static boolean isParticular(ObjectNode occurrence) {
    return occurrence.properties().stream()
        .anyMatch(
            each ->
                !each.getKey().equals("recurrenceId")
                    && !each.getValue().isNull()
                    && !(each.getValue().isContainerNode() && each.getValue().isEmpty()));
  }
}
