package fr.digital113.directory.events;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What events look like in every format. */
final class EventLayout {
  private static final String PLACES = "places";
  private static final String SEPARATOR = "|";

  static final Layout LAYOUT =
      Layout.of(
              "events",
              new Text("Événements de Digital113", "Digital113's events"),
              Credits.CLUSTER,
              EventView.class,
              "id")
          .columns(columns())
          .schemaOrg(EventSchemaOrg::of);

  /** Also of drafts; its name tells the files of it apart. */
  private static final Layout PRIVATE =
      LAYOUT.named(
          "private-events",
          new Text(
              "Événements, liste de l'équipe : confidentiel",
              "Events, list of the team: confidential"));

  private EventLayout() {}

  static Layout of(Snapshot snapshot) {
    return snapshot.isPrivate() ? PRIVATE : LAYOUT;
  }

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant, qui ne change jamais", "Identifier, which never changes"),
        Column.text("uid", "/uid", "Identifiant dans les agendas", "Identifier in calendars"),
        Column.text(
            "slug", "/slug", "Nom dans les adresses de l'API", "Name in the addresses of the API"),
        Column.text("title", "/title", "Titre", "Title"),
        Column.text("description", "/description", "Description", "Description"),
        Column.moment("start", "/start", "Début (UTC)", "Start (UTC)"),
        Column.moment("end", "/end", "Fin (UTC)", "End (UTC)"),
        Column.text("timeZone", "/timeZone", "Fuseau horaire du lieu", "Time zone of the place"),
        new Column(
            PLACES,
            PLACES,
            Column.Kind.TEXT,
            new Text("Lieux : nom, commune", "Places: name, commune"),
            event -> lines(event.path(PLACES))),
        Column.texts(
            "communes",
            "/places",
            "/commune/code",
            "Communes (codes Insee)",
            "Communes (Insee codes)"),
        Column.text("organiser", "/organiser/name", "Qui organise", "Who organises it"),
        Column.text("organiserUrl", "/organiser/url", "Son site", "Their site"),
        Column.text("link", "/link", "Inscription", "Registration"),
        Column.text(
            "status",
            "/status",
            "tentative, confirmed ou cancelled",
            "tentative, confirmed or cancelled"),
        Column.text("publication", "/publication", "published (publié)", "published"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }

  private static String lines(JsonNode places) {
    List<String> lines = new ArrayList<>();
    for (JsonNode place : places) {
      lines.add(
          Stream.of(place.path("name"), place.at("/commune/name"))
              .filter(JsonNode::isTextual)
              .map(JsonNode::asText)
              .distinct()
              .collect(Collectors.joining(", ")));
    }
    return String.join(SEPARATOR, lines);
  }
}
