package fr.digital113.directory.territories;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.web.Text;
import java.util.List;

/** What territories look like in every format. */
final class TerritoryLayout {
  static final Layout LAYOUT =
      Layout.of(
              "territories",
              new Text("Territoires d'Occitanie", "Territories of Occitanie"),
              "Insee (Code officiel géographique), DGCL (Banatic), La Poste",
              TerritoryView.class,
              "code")
          .columns(columns())
          .point("/centre");

  private TerritoryLayout() {}

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "code", "/code", "Code Insee ; SIREN d'un EPCI", "Insee code; SIREN of an EPCI"),
        Column.text(
            "slug", "/slug", "Nom dans les adresses de l'API", "Name in the addresses of the API"),
        Column.text("name", "/name", "Nom", "Name"),
        Column.text(
            "level",
            "/level",
            "region, departement, epci ou commune",
            "region, departement, epci or commune"),
        Column.text("epciType", "/epciType", "METRO, CU, CA ou CC", "METRO, CU, CA or CC"),
        Column.number("population", "/population", "Population municipale", "Municipal population"),
        Column.number(
            "lat",
            "/centre/lat",
            "Latitude du centre (WGS84, degrés)",
            "Latitude of the centre (WGS84, degrees)"),
        Column.number(
            "lon",
            "/centre/lon",
            "Longitude du centre (WGS84, degrés)",
            "Longitude of the centre (WGS84, degrees)"),
        Column.texts("postalCodes", "/postalCodes", "", "Codes postaux", "Postal codes"),
        Column.flag(
            "frenchTech",
            "/frenchTech",
            "Label French Tech (true, false)",
            "French Tech label (true, false)"),
        Column.flag(
            "funder",
            "/funder",
            "Finance le cluster (true, false)",
            "Funds the cluster (true, false)"),
        Column.flag(
            "namedPlace",
            "/namedPlace",
            "Cité par le cluster (true, false)",
            "Named by the cluster (true, false)"),
        Column.texts(
            "formerCodes",
            "/formerCodes",
            "",
            "Codes des communes réunies",
            "Codes of merged communes"),
        Column.texts(
            "within",
            "/within",
            "/code",
            "Codes des territoires qui le contiennent",
            "Codes of the wider territories"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }
}
