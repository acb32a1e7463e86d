package fr.digital113.directory.companies;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.List;

/** What companies look like in every format. */
final class CompanyLayout {
  private static final String TERRITORIES = "/territories";

  static final Layout LAYOUT =
      Layout.of(
              "companies",
              new Text(
                  "Annuaire des entreprises de Digital113", "Digital113's directory of companies"),
              Credits.CLUSTER + " ; " + Credits.REGISTER,
              CompanyView.class,
              "id")
          .columns(columns())
          .point("/location")
          .schemaOrg(CompanySchemaOrg::of);

  /** Also of drafts, with the headcount; its name tells the files of it apart. */
  static final Layout PRIVATE =
      LAYOUT
          .named(
              "private-companies",
              new Text(
                  "Entreprises, liste de l'équipe : confidentiel",
                  "Companies, list of the team: confidential"))
          .and(
              Column.number(
                  "headcount",
                  "/headcount",
                  "Effectif exact, confidentiel",
                  "Exact headcount, confidential"));

  private static final Column DISTANCE =
      Column.number(
          "distance",
          "/distance",
          "Distance du point demandé (km)",
          "Distance from the point asked for (km)");

  private static final Layout WITH_DISTANCE = LAYOUT.and(DISTANCE);
  private static final Layout PRIVATE_WITH_DISTANCE = PRIVATE.and(DISTANCE);

  private CompanyLayout() {}

  /** The layout of what a query answers: with {@code near} each item tells its distance. */
  static Layout of(CompanyQuery query, Snapshot snapshot) {
    if (query.area().from() == null) {
      return snapshot.isPrivate() ? PRIVATE : LAYOUT;
    }
    return snapshot.isPrivate() ? PRIVATE_WITH_DISTANCE : WITH_DISTANCE;
  }

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant, qui ne change jamais", "Identifier, which never changes"),
        Column.text(
            "slug", "/slug", "Nom dans les adresses de l'API", "Name in the addresses of the API"),
        Column.text("name", "/name", "Nom usuel", "Usual name"),
        Column.text("legalName", "/legalName", "Dénomination légale", "Legal name"),
        Column.text("siren", "/siren", "Numéro SIREN", "SIREN number"),
        Column.text("siret", "/siret", "SIRET du siège", "SIRET of the head office"),
        Column.text("description", "/description", "Activité", "What it does"),
        Column.text("website", "/website", "Site", "Site"),
        Column.text("email", "/email", "Adresse générale", "General address"),
        Column.text("phone", "/phone", "Numéro général", "General number"),
        Column.text(
            "communeCode",
            "/commune/code",
            "Code Insee de la commune",
            "Insee code of the commune"),
        Column.text("communeName", "/commune/name", "Commune", "Commune"),
        Column.text("address", "/address", "Numéro et rue", "Number and street"),
        Column.text("postalCode", "/postalCode", "Code postal", "Postal code"),
        Column.number(
            "lat", "/location/lat", "Latitude (WGS84, degrés)", "Latitude (WGS84, degrees)"),
        Column.number(
            "lon", "/location/lon", "Longitude (WGS84, degrés)", "Longitude (WGS84, degrees)"),
        Column.text(
            "precision",
            "/location/precision",
            "Point de l'adresse (address), ou centre de la commune (commune)",
            "Point of the address, or centre of the commune"),
        level(
            "departementCode",
            "departement",
            "code",
            "Code du département",
            "Code of the département"),
        level("departementName", "departement", "name", "Département", "Département"),
        level("epciCode", "epci", "code", "SIREN de l'EPCI", "SIREN of the EPCI"),
        level("epciName", "epci", "name", "EPCI (intercommunalité)", "EPCI (group of communes)"),
        Column.texts(
            "sectors",
            "/sectors",
            "/slug",
            "Secteurs, le principal d'abord",
            "Sectors, the main one first"),
        Column.texts(
            "sectorLabels", "/sectors", "/label", "Libellés des secteurs", "Labels of the sectors"),
        Column.text("nafCode", "/naf/code", "Code d'activité", "Activity code"),
        Column.text(
            "nafNomenclature", "/naf/nomenclature", "NAFRev2 ou NAF2025", "NAFRev2 or NAF2025"),
        Column.number("foundedYear", "/foundedYear", "Année de création", "Year of foundation"),
        Column.text(
            "sizeClassCode",
            "/sizeClass/code",
            "Tranche d'effectifs (Insee)",
            "Size class (Insee)"),
        Column.text(
            "sizeClassLabel", "/sizeClass/label", "Bornes de la tranche", "Bounds of the class"),
        Column.flag("hiring", "/hiring", "Recrute (true, false)", "Is hiring (true, false)"),
        Column.texts(
            "exportMarkets",
            "/exportMarkets",
            "",
            "Pays d'exportation (ISO 3166-1)",
            "Countries that it exports to (ISO 3166-1)"),
        Column.text("logo", "/logo", "Logo", "Logo"),
        Column.pairs(
            "social",
            "/social",
            "Réseaux sociaux : réseau=adresse",
            "Social networks: network=address"),
        Column.text(
            "membershipStatus",
            "/membership/status",
            "Adhésion : member, former (passée), none (jamais)",
            "Membership: member, former, or none"),
        Column.date(
            "joinedOn",
            "/membership/joinedOn",
            "Premier jour d'adhésion",
            "First day of membership"),
        Column.date(
            "leftOn", "/membership/leftOn", "Lendemain du dernier jour", "Day after the last one"),
        Column.text("origin", "/membership/origin", "Association d'origine", "What it joined"),
        Column.text(
            "publication", "/publication", "published (publiée)", "published, as all that is here"),
        Column.texts("factories", "/factories", "/slug", "Factories", "Factories"),
        Column.moment(
            "updatedAt",
            "/updatedAt",
            "Dernier changement public (UTC)",
            "Last public change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }

  private static Column level(String name, String level, String each, String fr, String en) {
    return Column.ofLevel(name, TERRITORIES, level, "/" + each, fr, en);
  }
}
