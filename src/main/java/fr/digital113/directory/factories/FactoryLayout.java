package fr.digital113.directory.factories;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.List;

/** What Factories look like in every format. */
final class FactoryLayout {
  /** Of one day, for which initiatives are not counted. */
  static final Layout OF_A_DAY =
      Layout.of(
              "factories",
              new Text("Factories de Digital113", "Digital113's Factories"),
              Credits.CLUSTER,
              FactoryView.class,
              "id")
          .columns(columns())
          .and(Column.number("companies", "/companies", "Entreprises membres", "Member companies"));

  static final Layout LAYOUT =
      OF_A_DAY.and(
          Column.number(
              "initiatives", "/initiatives/total", "Initiatives publiées", "Published initiatives"),
          Column.number(
              "initiativesDone",
              "/initiatives/done",
              "Initiatives menées à bien",
              "Initiatives that are done"));

  private FactoryLayout() {}

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant, qui ne change jamais", "Identifier, which never changes"),
        Column.text(
            "slug", "/slug", "Nom dans les adresses de l'API", "Name in the addresses of the API"),
        Column.text("name", "/name", "Nom", "Name"),
        Column.text("mission", "/mission", "Mission", "Mission"),
        Column.texts("sectors", "/sectors", "/slug", "Secteurs", "Sectors"),
        Column.texts(
            "sectorLabels", "/sectors", "/label", "Libellés des secteurs", "Labels of the sectors"),
        Column.text(
            "status",
            "/status",
            "forming, active, needs_lead ou closed",
            "forming, active, needs_lead or closed"),
        Column.texts(
            "leads",
            "/leads",
            "/company/slug",
            "Entreprises qui l'animent",
            "Companies that lead it"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }
}
