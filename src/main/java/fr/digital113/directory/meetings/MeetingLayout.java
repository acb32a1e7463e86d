package fr.digital113.directory.meetings;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.List;
import java.util.stream.Stream;

/** What meetings look like in every format: lists have occurrences, a path has a whole series. */
final class MeetingLayout {
  private static final Text TITLE =
      new Text("Réunions des Factories de Digital113", "Meetings of Digital113's Factories");

  /** The files of insiders are told apart by their name. */
  private static final Text INSIDERS_TITLE =
      new Text(
          "Réunions, liste des membres et de l'équipe : confidentiel",
          "Meetings, list of members and the team: confidential");

  /** What everybody sees of an occurrence, in this order. */
  static final List<String> MEMBERS =
      List.of(
          "id",
          "uid",
          "recurrenceId",
          "series",
          "factory",
          "title",
          "start",
          "end",
          "timeZone",
          "place",
          "agenda",
          "visibility",
          "status",
          "sequence",
          "updatedAt",
          "revision");

  /** What members and the team see as well. */
  static final List<String> INSIDE = List.of("link", "minutes", "attendance", "publication");

  private static final List<String> OF_SERIES =
      Stream.concat(
              MEMBERS.stream()
                  .filter(each -> !each.equals("recurrenceId") && !each.equals("series")),
              Stream.of("rule", "occurrences"))
          .toList();

  private MeetingLayout() {}

  /** Of occurrences. */
  static Layout list(boolean isPrivate) {
    Layout layout =
        layout(
            plus(MEMBERS, isPrivate ? INSIDE : List.of()),
            plus(columns(), isPrivate ? columnsInside() : List.of()));
    return isPrivate ? layout.named("private-meetings", INSIDERS_TITLE) : layout;
  }

  /** Of a meeting or a whole series. */
  static Layout item(boolean isPrivate) {
    return layout(plus(OF_SERIES, isPrivate ? INSIDE : List.of()), List.of());
  }

  private static Layout layout(List<String> members, List<Column> columns) {
    return new Layout("meetings", TITLE, Credits.CLUSTER, members, columns, "id", null, null);
  }

  private static <T> List<T> plus(List<T> list, List<T> more) {
    return Stream.concat(list.stream(), more.stream()).toList();
  }

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant de la réunion ou de la série", "Id of the meeting or series"),
        Column.text("uid", "/uid", "Son nom dans les agendas", "Its name in calendars"),
        Column.text(
            "recurrenceId",
            "/recurrenceId",
            "Début prévu par la règle de la série (UTC)",
            "Start by the rule of the series (UTC)"),
        Column.flag("series", "/series", "Fait partie d'une série", "Is one of a series"),
        Column.text("factory", "/factory/slug", "Factory", "Factory"),
        Column.text("factoryName", "/factory/name", "Nom de la Factory", "Name of the Factory"),
        Column.text("title", "/title", "Titre", "Title"),
        Column.text("start", "/start", "Début", "Start"),
        Column.text("end", "/end", "Fin", "End"),
        Column.text("timeZone", "/timeZone", "Fuseau horaire", "Time zone"),
        Column.text("place", "/place/name", "Lieu", "Place"),
        Column.text("commune", "/place/commune/code", "Code Insee", "Insee code of the commune"),
        Column.text("communeName", "/place/commune/name", "Commune", "Commune"),
        Column.number("latitude", "/place/location/lat", "Latitude WGS84", "WGS84 latitude"),
        Column.number("longitude", "/place/location/lon", "Longitude WGS84", "WGS84 longitude"),
        Column.text("agenda", "/agenda", "Ordre du jour", "Agenda"),
        Column.text("visibility", "/visibility", "public ou members", "public or members"),
        Column.text(
            "status",
            "/status",
            "tentative, confirmed ou cancelled",
            "tentative, confirmed or cancelled"),
        Column.number("sequence", "/sequence", "Numéro de version", "Number of its version"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }

  private static List<Column> columnsInside() {
    return List.of(
        Column.text("link", "/link", "Pour participer à distance", "To take part from afar"),
        Column.text("minutes", "/minutes", "Compte rendu", "Minutes"),
        Column.texts(
            "attendance", "/attendance", "/slug", "Entreprises venues", "Companies that came"),
        Column.text(
            "publication",
            "/publication",
            "draft, published ou archived",
            "draft, published or archived"));
  }
}
