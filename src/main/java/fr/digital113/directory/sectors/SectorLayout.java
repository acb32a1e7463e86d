package fr.digital113.directory.sectors;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.List;

/** What sectors look like in every format. */
final class SectorLayout {
  static final Layout LAYOUT =
      Layout.of(
              "sectors",
              new Text("Secteurs d'activité", "Sectors of activity"),
              Credits.CLUSTER,
              SectorIndexing.SectorView.class,
              "slug")
          .columns(columns())
          .and(Column.number("companies", "/companies", "Entreprises membres", "Member companies"));

  private SectorLayout() {}

  private static List<Column> columns() {
    return List.of(
        Column.text("slug", "/slug", "Nom du secteur dans l'API", "Name of the sector in the API"),
        Column.text("label", "/label", "Libellé", "Label"),
        Column.texts("naf", "/naf", "/code", "Codes NAF habituels", "Usual NAF codes"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }
}
