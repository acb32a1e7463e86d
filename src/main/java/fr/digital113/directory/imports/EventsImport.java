package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.ItemFiles;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Events. A row is about the one with its id, else with its slug. */
@Singleton
class EventsImport extends ItemsImport {
  private static final int MOST_PLACES = 5;

  private static final List<ItemColumn> COLUMNS = columnsOfEvents();

  EventsImport(ItemFiles files) {
    super(files, "event", COLUMNS);
  }

  private static List<ItemColumn> columnsOfEvents() {
    List<ItemColumn> all =
        new ArrayList<>(
            List.of(
                id(),
                ItemColumn.text(
                    "slug",
                    List.of(),
                    "slug",
                    "Nom dans l'adresse ; vide : fait à partir du titre.",
                    "Name in the address; empty: made from the title."),
                ItemColumn.text(
                    "titleFr", List.of("titre"), "title/fr", "Titre.", "Title in French."),
                ItemColumn.text("titleEn", List.of(), "title/en", "Titre en anglais.", "Title."),
                ItemColumn.text(
                    "descriptionFr",
                    List.of("description"),
                    "description/fr",
                    "Description.",
                    "In French."),
                ItemColumn.text(
                    "descriptionEn", List.of(), "description/en", "En anglais.", "Description."),
                ItemColumn.moment(
                    "start",
                    List.of("debut"),
                    "Début, heure de Paris (AAAA-MM-JJ HH:MM), ou avec son décalage (AAAA-MM-JJTHH:MM:SSZ), comme dans l'export.",
                    "Start, time of Paris (YYYY-MM-DD HH:MM), or with its offset (YYYY-MM-DDTHH:MM:SSZ), as in the export."),
                ItemColumn.moment("end", List.of("fin"), "Fin.", "End."),
                ItemColumn.text(
                    "link", List.of("inscription"), "link", "Inscription.", "Registration."),
                ItemColumn.text(
                    "organiser",
                    List.of("organisateur"),
                    "organiser/name",
                    "Qui organise.",
                    "Who organises."),
                ItemColumn.text(
                    "organiserUrl", List.of(), "organiser/url", "Son site.", "Their site."),
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
                    "draft (when empty), published or archived.")));
    for (int i = 1; i <= MOST_PLACES; i++) {
      String place = "places/" + (i - 1);
      all.add(
          ItemColumn.text(
              "place" + i + "Name", List.of("lieu" + i), place + "/name", "Lieu.", "Place."));
      all.add(
          ItemColumn.text(
              "place" + i + "Commune",
              List.of("commune" + i),
              place + "/commune",
              "Code Insee.",
              "Insee code of the commune."));
      all.add(ItemColumn.degrees("place" + i + "Latitude", List.of(), place + "/location/lat", 90));
      all.add(
          ItemColumn.degrees("place" + i + "Longitude", List.of(), place + "/location/lon", 180));
    }
    return List.copyOf(all);
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public void checkHeader(List<String> header) {
    Header.of(header, columns()).requireOneOf("id", "slug", "titleFr", "titleEn");
  }

  @Override
  public String exportQuery() {
    String places =
        IntStream.rangeClosed(1, MOST_PLACES)
            .mapToObj(
                i ->
                    "p%1$d.place, p%1$d.commune, p%1$d.latitude::text, p%1$d.longitude::text"
                        .formatted(i))
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
    String joins =
        Stream.iterate(1, i -> i <= MOST_PLACES, i -> i + 1)
            .map(
                i ->
                    """
                    left join lateral (select * from event_place p where p.event = e.id
                      order by p.position offset %1$d limit 1) p%2$d on true
                    """
                        .formatted(i - 1, i))
            .reduce("", String::concat);
    return """
        select e.id::text, e.slug, e.title_fr, e.title_en, e.description_fr, e.description_en,
          utc_text(e.starts_at), utc_text(e.ends_at), e.link, e.organiser, e.organiser_url, e.status, e.publication, %s
        from event e
        %s
        order by e.slug
        """
        .formatted(places, joins);
  }

  @Override
  Optional<String> find(Handle database, Map<String, JsonNode> row) {
    return database
        .createQuery("select id::text from event where slug = :slug")
        .bind("slug", text(row, "slug"))
        .mapTo(String.class)
        .findOne();
  }

  /** The places of a file are all of them: of more than it can name, the rest stays. */
  @Override
  ObjectNode patch(Map<String, JsonNode> row, ObjectNode before) {
    ObjectNode patch = super.patch(row, before);
    JsonNode named = patch.remove("places");
    if (named == null) {
      return patch;
    }
    ArrayNode places = patch.putArray("places");
    for (int i = 0; i < MOST_PLACES; i++) {
      if (named.path(String.valueOf(i)) instanceof ObjectNode place) {
        if (place.path("location").path("lat").isNull()
            && place.path("location").path("lon").isNull()) {
          place.remove("location");
        }
        place.remove(
            Stream.of("name", "commune").filter(each -> place.path(each).isNull()).toList());
        if (!place.isEmpty()) {
          places.add(place);
        }
      }
    }
    for (int i = MOST_PLACES; i < before.path("places").size(); i++) {
      places.add(before.path("places").path(i));
    }
    return patch;
  }
}
