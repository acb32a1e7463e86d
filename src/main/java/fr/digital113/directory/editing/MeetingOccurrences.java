package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The occurrences of a series that are particular: each has its {@code recurrenceId}, and what it
 * has otherwise than the series. Kept, and shown, in the order of these.
 */
final class MeetingOccurrences implements Field.Reading {
  static final String RECURRENCE_ID = "recurrenceId";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z");
  private static final int MOST = 1_000;
  private static final int LONGEST_AGENDA = 2_000;
  private static final FactoryParticipants COMPANIES = new FactoryParticipants();

  /** Those that are kept as they are read. */
  private static final Map<String, Field.Reading> MEMBERS =
      Map.of(
          "status",
          Readings.one(MeetingFields.STATUSES),
          Times.START,
          Times::read,
          Times.END,
          Times::read,
          "title",
          Readings.anyLanguage(Texts.line(MeetingFields.LONGEST_TITLE)),
          "place",
          Places::read,
          "link",
          Shapes.url(),
          "agenda",
          Readings.localized(LONGEST_AGENDA),
          "minutes",
          Shapes.url());

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonBody items = body.items(name, MOST);
    if (items == null) {
      return null;
    }
    Map<String, JsonNode> attendance = new HashMap<>();
    before.forEach(
        each ->
            attendance.put(each.path(RECURRENCE_ID).asText(), each.path(MeetingFields.ATTENDANCE)));
    Map<String, JsonNode> read = new TreeMap<>();
    for (String place : items.names()) {
      items.required(place);
      JsonBody occurrence = items.object(place);
      if (occurrence == null) {
        continue;
      }
      String id = id(occurrence);
      JsonNode came = attendance.getOrDefault(id, MissingNode.getInstance());
      if (read.put(id, occurrence(occurrence, id, codes, came)) != null && !id.isEmpty()) {
        occurrence.error(
            RECURRENCE_ID,
            "repeated",
            new Text(
                "Cette occurrence est déjà dans la liste.",
                "This occurrence is in the list already."));
      }
    }
    read.values().removeIf(each -> each.size() == 1); // it says nothing
    return JSON.arrayNode().addAll(read.values());
  }

  /** Which occurrence it is; empty when that is wrong, which the body notes. */
  private static String id(JsonBody occurrence) {
    occurrence.required(RECURRENCE_ID);
    String id = occurrence.text(RECURRENCE_ID);
    if (id != null && !FORM.matcher(id).matches()) {
      occurrence.error(
          RECURRENCE_ID,
          "invalid_time",
          new Text(
              "Le début prévu par la règle est attendu, en UTC, comme 20261105T170000Z.",
              "The start that the rule gives is expected, in UTC, such as 20261105T170000Z."));
      return "";
    }
    return id == null ? "" : id;
  }

  private static ObjectNode occurrence(
      JsonBody given, String id, Codes codes, JsonNode attendance) {
    ObjectNode read = JSON.objectNode().put(RECURRENCE_ID, id);
    MEMBERS.forEach(
        (member, reading) -> {
          JsonNode value = given.node(member) == null ? null : reading.read(given, member, codes);
          if (value != null && !value.isNull() && !(value.isObject() && value.isEmpty())) {
            read.set(member, value);
          }
        });
    if (read.has(Times.START) != read.has(Times.END)) {
      given.error(
          read.has(Times.START) ? Times.END : Times.START,
          "required",
          new Text(
              "Une occurrence déplacée a un début et une fin.",
              "An occurrence that is moved has a start and an end."));
    }
    JsonNode came =
        given.node(MeetingFields.ATTENDANCE) == null
            ? null
            : COMPANIES.read(given, MeetingFields.ATTENDANCE, codes, attendance);
    if (came != null && !came.isEmpty()) {
      read.set(MeetingFields.ATTENDANCE, came);
    }
    return read;
  }

  /** The occurrences of a document, as editors see them. */
  static ArrayNode edit(JsonNode occurrences) {
    ArrayNode all = JSON.arrayNode();
    for (JsonNode each : occurrences) {
      ObjectNode edit = each.deepCopy();
      for (String moment : List.of(Times.START, Times.END)) {
        if (each.has(moment)) {
          edit.put(moment, Moments.text(each.path(moment).asText()));
        }
      }
      if (each.has("place")) {
        edit.set("place", Places.edit(each.path("place")));
      }
      if (each.path(MeetingFields.ATTENDANCE).isEmpty()) {
        edit.remove(MeetingFields.ATTENDANCE);
      }
      all.add(edit);
    }
    return all;
  }

  /** Writes them in place of those that are there; what does not differ leaves no trace. */
  static void write(Handle database, String meeting, JsonNode occurrences) {
    ArrayNode rows = JSON.arrayNode();
    ArrayNode came = JSON.arrayNode();
    for (JsonNode each : occurrences) {
      String id = each.path(RECURRENCE_ID).asText();
      rows.add(row(each));
      Json.texts(each.path(MeetingFields.ATTENDANCE))
          .forEach(company -> came.addObject().put("recurrence_id", id).put("company", company));
    }
    database
        .createUpdate(
            """
            delete from meeting_occurrence o where o.meeting = :id::uuid and not exists (
              select from jsonb_populate_recordset(null::meeting_occurrence, :rows::jsonb) w
              where w.recurrence_id = o.recurrence_id)
            """)
        .bind("id", meeting)
        .bind("rows", rows.toString())
        .execute();
    database
        .createUpdate(
            """
            insert into meeting_occurrence as o
            select (jsonb_populate_record(w, jsonb_build_object('meeting', :id::uuid))).*
            from jsonb_populate_recordset(null::meeting_occurrence, :rows::jsonb) w
            on conflict (meeting, recurrence_id) do update set
              (status, starts_at, ends_at, title_fr, title_en, place, commune, latitude, longitude, link, agenda_fr, agenda_en, minutes)
              = (excluded.status, excluded.starts_at, excluded.ends_at, excluded.title_fr, excluded.title_en, excluded.place,
                excluded.commune, excluded.latitude, excluded.longitude, excluded.link, excluded.agenda_fr, excluded.agenda_en,
                excluded.minutes)
            where o is distinct from excluded
            """)
        .bind("id", meeting)
        .bind("rows", rows.toString())
        .execute();
    writeAttendance(database, meeting, came, "recurrence_id <> ''");
  }

  private static ObjectNode row(JsonNode occurrence) {
    ObjectNode row = JSON.objectNode();
    row.set("recurrence_id", occurrence.path(RECURRENCE_ID));
    row.set("status", occurrence.get("status"));
    row.set("starts_at", occurrence.get(Times.START));
    row.set("ends_at", occurrence.get(Times.END));
    row.set("title_fr", occurrence.path("title").get("fr"));
    row.set("title_en", occurrence.path("title").get("en"));
    row.set("place", occurrence.path("place").get("name"));
    row.set("commune", occurrence.path("place").get("commune"));
    row.set("latitude", occurrence.path("place").path("location").get("lat"));
    row.set("longitude", occurrence.path("place").path("location").get("lon"));
    row.set("link", occurrence.get("link"));
    row.set("agenda_fr", occurrence.path("agenda").get("fr"));
    row.set("agenda_en", occurrence.path("agenda").get("en"));
    row.set("minutes", occurrence.get("minutes"));
    return row;
  }

  /** Writes who came to a single meeting. */
  static void writeAttendance(Handle database, String meeting, JsonNode companies) {
    ArrayNode came = JSON.arrayNode();
    Json.texts(companies)
        .forEach(company -> came.addObject().put("recurrence_id", "").put("company", company));
    writeAttendance(database, meeting, came, "recurrence_id = ''");
  }

  private static void writeAttendance(
      Handle database, String meeting, ArrayNode came, String which) {
    database
        .createUpdate(
            """
            delete from meeting_attendance a where a.meeting = :id::uuid and %s and not exists (
              select from jsonb_to_recordset(:came::jsonb) w (recurrence_id text, company uuid)
              where w.recurrence_id = a.recurrence_id and w.company = a.company)
            """
                .formatted(which))
        .bind("id", meeting)
        .bind("came", came.toString())
        .execute();
    database
        .createUpdate(
            """
            insert into meeting_attendance (meeting, recurrence_id, company)
            select :id::uuid, w.recurrence_id, w.company
            from jsonb_to_recordset(:came::jsonb) w (recurrence_id text, company uuid) on conflict do nothing
            """)
        .bind("id", meeting)
        .bind("came", came.toString())
        .execute();
  }
}
