package fr.digital113.directory.workshops;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What workshops look like in every format. */
final class WorkshopLayout {
  private static final String SEPARATOR = "|";
  private static final String ASSESSMENTS = "assessments";

  static final Layout LAYOUT =
      Layout.of(
              "workshops",
              new Text("Tables à secousses de Digital113", "Digital113's workshops"),
              Credits.CLUSTER,
              WorkshopView.class,
              "id")
          .columns(columns());

  /** With what those see who took part; its name tells the files of it apart. */
  static final Layout PRIVATE =
      LAYOUT
          .named(
              "private-workshops",
              new Text("Tables à secousses : confidentiel", "Workshops: confidential"))
          .and(
              Column.texts(
                  "participatingCompanies",
                  "/participatingCompanies",
                  "/slug",
                  "Entreprises participantes, confidentiel",
                  "Companies that take part, confidential"))
          .and(
              column(
                  "presenters",
                  "Qui présente, et quoi : entreprise=sujet, confidentiel",
                  "Who presents what: company=subject, confidential",
                  each -> name(each.path("company")) + "=" + each.path("subject").asText()))
          .and(
              Column.texts(
                  "targetMarkets",
                  "/targetMarkets",
                  "",
                  "Marchés visés (ISO 3166-1), confidentiel",
                  "Target markets (ISO 3166-1), confidential"))
          .and(
              column(
                  ASSESSMENTS,
                  "Évaluations : entreprise évaluée/par=viabilité,pérennité, confidentiel",
                  "Assessments: company assessed/by=viability,durability, confidential",
                  each ->
                      "%s/%s=%d,%d"
                          .formatted(
                              name(each.path("presenter")),
                              name(each.path("assessor")),
                              each.path("viability").intValue(),
                              each.path("durability").intValue())));

  private WorkshopLayout() {}

  private static Column column(String name, String fr, String en, Function<JsonNode, String> line) {
    return new Column(
        name,
        name,
        Column.Kind.TEXT,
        new Text(fr, en),
        workshop -> {
          List<String> lines = new ArrayList<>();
          workshop.path(name).forEach(each -> lines.add(line.apply(each)));
          return String.join(SEPARATOR, lines);
        });
  }

  private static String name(JsonNode company) {
    return company.path("slug").asText(company.path("id").asText());
  }

  private static List<Column> columns() {
    return List.of(
        Column.text(
            "id", "/id", "Identifiant, qui ne change jamais", "Identifier, which never changes"),
        Column.text("uid", "/uid", "Identifiant dans les agendas", "Identifier in calendars"),
        Column.date("date", "/date", "Jour", "Day"),
        Column.moment("start", "/start", "Début (UTC)", "Start (UTC)"),
        Column.moment("end", "/end", "Fin (UTC)", "End (UTC)"),
        Column.text("timeZone", "/timeZone", "Fuseau horaire du lieu", "Time zone of the place"),
        Column.text("place", "/place/name", "Lieu", "Place"),
        Column.text(
            "communeCode", "/place/commune/code", "Commune (code Insee)", "Commune (Insee code)"),
        Column.text("communeName", "/place/commune/name", "Nom de la commune", "Its name"),
        Column.text("subject", "/subject", "Sujet", "Subject"),
        Column.text(
            "status", "/status", "planned, held ou cancelled", "planned, held or cancelled"),
        Column.number(
            "participants",
            "/participants",
            "Nombre d'entreprises participantes",
            "How many companies take part"),
        Column.text("publication", "/publication", "published (publié)", "published"),
        Column.moment("updatedAt", "/updatedAt", "Dernier changement (UTC)", "Last change (UTC)"),
        Column.number(
            "revision", "/revision", "Révision de ce changement", "Revision of that change"));
  }
}
