package fr.digital113.directory.initiatives;

import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.List;

/** What initiatives look like in every format. */
final class InitiativeLayout {
  static final Layout LAYOUT =
      Layout.of(
              "initiatives",
              new Text("Initiatives des Factories", "Initiatives of the Factories"),
              Credits.CLUSTER,
              InitiativeView.class,
              "id")
          .columns(columns());

  /** Also of drafts; its name tells the files of it apart. */
  private static final Layout PRIVATE =
      LAYOUT.named(
          "private-initiatives",
          new Text(
              "Initiatives, liste des membres et de l'équipe : confidentiel",
              "Initiatives, list of members and the team: confidential"));

  private InitiativeLayout() {}

  static Layout of(Snapshot snapshot) {
    return snapshot.isPrivate() ? PRIVATE : LAYOUT;
  }

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant, qui ne change jamais", "Identifier, which never changes"),
        Column.text(
            "slug", "/slug", "Nom dans les adresses de l'API", "Name in the addresses of the API"),
        Column.text(
            "kind",
            "/kind",
            "collective_action ou collaborative_project",
            "collective_action or collaborative_project"),
        Column.text("title", "/title", "Titre", "Title"),
        Column.text("summary", "/summary", "Résumé", "Summary"),
        Column.text(
            "status",
            "/status",
            "proposed, running, done ou dropped",
            "proposed, running, done or dropped"),
        Column.text("factory", "/factory/slug", "Factory qui la mène", "Factory that leads it"),
        Column.text("factoryName", "/factory/name", "Nom de la Factory", "Name of the Factory"),
        Column.texts(
            "partners",
            "/partners",
            "/company/slug",
            "Entreprises partenaires de l'annuaire",
            "Partner companies of the directory"),
        Column.texts(
            "otherPartners",
            "/partners",
            "/name",
            "Autres organismes partenaires",
            "Other partner organisations"),
        Column.date("startedOn", "/startedOn", "Début", "Start"),
        Column.date("endedOn", "/endedOn", "Fin, ou abandon", "End, or the day it was dropped"),
        Column.text("outcome", "/outcome", "Résultat", "Outcome"),
        Column.text(
            "publication",
            "/publication",
            "draft, published ou archived",
            "draft, published or archived"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }
}
