package fr.digital113.directory.meetings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A meeting, or a whole series.
 *
 * @param uid names it in calendars
 * @param start of the first occurrence, RFC 3339 with the offset of {@code timeZone}
 * @param rule RFC 5545; null for a meeting that takes place once
 * @param visibility public, or members
 * @param status tentative, confirmed or cancelled
 * @param sequence moves when those who come must look again (SEQUENCE of RFC 5545)
 * @param occurrences those of a series that are otherwise than it
 * @param insiders what members see as well; null on the public side
 * @param publication null on the public side, where all is published
 */
record MeetingView(
    String id,
    String uid,
    Group factory,
    @Nullable String title,
    String start,
    String end,
    String timeZone,
    @Nullable String rule,
    @Nullable Place place,
    @Nullable String agenda,
    String visibility,
    String status,
    int sequence,
    List<Particular> occurrences,
    @JsonUnwrapped @Nullable Insiders insiders,
    @JsonInclude(Include.NON_NULL) @Nullable String publication,
    Instant updatedAt,
    long revision) {

  /** The Factory that meets. */
  record Group(String id, String slug, String name) {}

  /**
   * One occurrence of a series; what is null, and not shown, is as the series has it.
   *
   * @param recurrenceId when it was to start by the rule, {@code 20261105T170000Z}
   */
  @JsonInclude(Include.NON_NULL)
  record Particular(
      String recurrenceId,
      @Nullable String status,
      @Nullable String start,
      @Nullable String end,
      @Nullable String title,
      @Nullable Place place,
      @Nullable String agenda,
      @JsonUnwrapped @Nullable Some insiders) {}

  /** What members see of a meeting. */
  record Insiders(@Nullable String link, @Nullable String minutes, List<Company> attendance) {}

  /** The same of an occurrence. */
  @JsonInclude(Include.NON_NULL)
  record Some(@Nullable String link, @Nullable String minutes, List<Company> attendance) {}

  record Company(String id, String slug, String name) {}

  static MeetingView of(
      FeedItem item, JsonNode document, Labels labels, Language language, boolean isPrivate) {
    List<Particular> particular = new ArrayList<>();
    for (JsonNode each : document.path("occurrences")) {
      particular.add(particular(each, labels, language, isPrivate));
    }
    return new MeetingView(
        item.id(),
        Uids.of(item.id()),
        factory(document, labels),
        Localized.text(document.path("title"), language),
        Moments.text(document.path("start").asText()),
        Moments.text(document.path("end").asText()),
        Moments.ZONE.getId(),
        Json.text(document, "rule"),
        Place.of(document.path("place"), labels),
        Localized.text(document.path("agenda"), language),
        document.path("visibility").asText(),
        document.path("status").asText(),
        document.path("sequence").intValue(),
        particular,
        isPrivate
            ? new Insiders(
                Json.text(document, "link"),
                Json.text(document, "minutes"),
                attendance(document, labels))
            : null,
        isPrivate ? Json.text(document, "publication") : null,
        item.updatedAt(),
        item.revision());
  }

  private static Group factory(JsonNode document, Labels labels) {
    String id = document.path("factory").asText();
    JsonNode factory = Objects.requireNonNull(labels.find("factory", id), id);
    return new Group(id, factory.path("slug").asText(), factory.path("name").asText());
  }

  private static Particular particular(
      JsonNode occurrence, Labels labels, Language language, boolean isPrivate) {
    return new Particular(
        occurrence.path("recurrenceId").asText(),
        Json.text(occurrence, "status"),
        moment(occurrence, "start"),
        moment(occurrence, "end"),
        Localized.text(occurrence.path("title"), language),
        Place.of(occurrence.path("place"), labels),
        Localized.text(occurrence.path("agenda"), language),
        isPrivate
            ? new Some(
                Json.text(occurrence, "link"),
                Json.text(occurrence, "minutes"),
                attendance(occurrence, labels))
            : null);
  }

  private static @Nullable String moment(JsonNode occurrence, String name) {
    String moment = Json.text(occurrence, name);
    return moment == null ? null : Moments.text(moment);
  }

  /** Companies that members may know of: whoever is hidden since is left out, not named. */
  private static List<Company> attendance(JsonNode meeting, Labels labels) {
    List<Company> companies = new ArrayList<>();
    for (String id : Json.texts(meeting.path("attendance"))) {
      JsonNode company = labels.find("company", id);
      if (company != null && company.path("publication").asText().equals("published")) {
        companies.add(
            new Company(id, company.path("slug").asText(), company.path("name").asText()));
      }
    }
    return companies;
  }
}
