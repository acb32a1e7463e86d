package fr.digital113.directory.editing;

import static fr.digital113.directory.editing.Shapes.day;
import static fr.digital113.directory.editing.Shapes.figure;
import static fr.digital113.directory.editing.Shapes.line;
import static fr.digital113.directory.editing.Shapes.list;
import static fr.digital113.directory.editing.Shapes.object;
import static fr.digital113.directory.editing.Shapes.optional;
import static fr.digital113.directory.editing.Shapes.partialDate;
import static fr.digital113.directory.editing.Shapes.place;
import static fr.digital113.directory.editing.Shapes.required;
import static fr.digital113.directory.editing.Shapes.sector;
import static fr.digital113.directory.editing.Shapes.url;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.editing.Shapes.Member;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import java.util.List;
import java.util.Set;

/**
 * What the team writes of the cluster: the members of {@code GET /v1/cluster}, each as a whole that
 * is right or refused, of now, of before and to come. Nothing that is served may be missing, so
 * that only lists can be emptied.
 */
final class ClusterFields {
  static final Field.Reading CODE = Readings.text(Values::slug);
  static final Field.Reading LABEL = Readings.everyLanguage(Texts.line(300));

  /** The column of what is no column of its own. */
  static final String DOCUMENT = "document";

  private static final String HEAD_OFFICE = "head_office";
  private static final Field.Reading TEXT = Readings.everyLanguage(Texts.paragraphs(5_000));
  private static final Field.Reading DATED =
      object(
          required("value", figure()),
          required("asOf", partialDate()),
          optional("currency", Shapes.currency()));
  private static final Field.Reading ROUGH =
      object(required("value", figure()), required("approximate", Readings.flag()));

  static final List<Field> ALL =
      List.of(
          Field.shown("slug"),
          Field.column("name", Who.TEAM, "name", line(200)).mandatory(),
          texts("nameOrigin"),
          texts("description"),
          part("areaServed", place()).with(Set.of("code", "level", "name")),
          whole(
              "launch",
              required("date", day()),
              required("places", list(place())),
              required("description", TEXT)),
          items(
              "history",
              required("code", CODE),
              required("date", partialDate()),
              required("description", TEXT)),
          array("predecessors", list(predecessor())),
          array("governance", Officers.list()),
          array("offices", Periods.list(office(), ClusterFields::sameOffice)),
          part("means", new Means()).with(Means.MEMBERS),
          array("funders", Periods.list(Funders.READING, Funders::same)),
          whole(
              "membersAtLaunch",
              required("date", day()),
              required("companies", ROUGH),
              required("jobs", ROUGH),
              required("regionalShare", TEXT)),
          array("objectives", Periods.list(objective(), each -> each.path("code").asText())),
          whole(
              "territories",
              required("aim", TEXT),
              required("places", list(place(optional("frenchTech", place()))))),
          items("strengths", required("place", place()), required("sectors", list(sector()))),
          array("otherSectors", list(sector())),
          whole("factories", required("count", DATED), required("description", TEXT)),
          whole(
              "workshops",
              required("name", LABEL),
              required(
                  "origin", object(required("predecessor", CODE), required("description", TEXT))),
              required("description", TEXT)),
          items(
              "referenceFigures",
              required("code", CODE),
              required("label", LABEL),
              required("value", figure()),
              required("date", partialDate()),
              required("source", line(500))),
          whole(
              "licence",
              required("name", line(200)),
              required("url", url()),
              required("appliesTo", TEXT)),
          // The editions that are loaded: the program's own to tell.
          Field.shown("dataSources").emptyAs(JsonNodeFactory.instance.arrayNode()));

  private ClusterFields() {}

  /** What it ended in is told beside what it began with: schema.org's dates, and the merger. */
  private static Field.Reading predecessor() {
    Field.Reading merger =
        object(
            required("into", CODE),
            optional("agreementDate", partialDate()),
            optional("date", partialDate()));
    return Periods.inOrder(
        "foundingDate",
        "dissolutionDate",
        object(
            required("code", CODE),
            required("name", line(200)),
            required("place", place()),
            required("foundingDate", partialDate()),
            optional("origin", TEXT),
            optional("dissolutionDate", partialDate()),
            optional(
                "merger",
                Shapes.atLeastOneOf(
                    List.of("date", "agreementDate"),
                    Periods.inOrder("agreementDate", "date", merger)))));
  }

  private static Field.Reading office() {
    return object(
        required("kind", Readings.one(List.of(HEAD_OFFICE, "secondary_establishment"))),
        required("label", LABEL),
        required("place", place()),
        Periods.SINCE,
        Periods.UNTIL);
  }

  /** There is one head office at a time. */
  private static String sameOffice(JsonNode office) {
    String kind = office.path("kind").asText();
    return kind.equals(HEAD_OFFICE) ? kind : kind + office.path("place").path("code").asText();
  }

  /** It may be replaced by another one of its code. */
  private static Field.Reading objective() {
    return Periods.inOrder(
        "baselineOn",
        "deadline",
        object(
            required("code", CODE),
            required("label", LABEL),
            required("unit", LABEL),
            required("baseline", figure()),
            required("baselineOn", partialDate()),
            required("target", figure()),
            required("deadline", partialDate()),
            Periods.SINCE,
            Periods.UNTIL));
  }

  private static Field part(String name, Field.Reading reading) {
    return Field.column(name, Who.TEAM, DOCUMENT, reading)
        .mandatory()
        .kept((value, row) -> row.member(DOCUMENT, name, value));
  }

  private static Field texts(String name) {
    return part(name, TEXT).with(Readings.LANGUAGES);
  }

  private static Field whole(String name, Member... members) {
    return part(name, object(members)).with(Shapes.names(members));
  }

  private static Field items(String name, Member... members) {
    return array(name, list(object(members)));
  }

  private static Field array(String name, Field.Reading reading) {
    return Field.column(name, Who.TEAM, DOCUMENT, reading)
        .emptyAs(JsonNodeFactory.instance.arrayNode())
        .kept((value, row) -> row.member(DOCUMENT, name, value));
  }
}
