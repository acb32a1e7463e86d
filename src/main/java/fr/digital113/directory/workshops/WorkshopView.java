package fr.digital113.directory.workshops;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workshop as everybody sees it.
 *
 * @param uid names it in calendars
 * @param date the day on which it begins in the region
 * @param start RFC 3339, with the offset of {@code timeZone}; so is {@code end}
 * @param subject in the other language when it has none in the one asked for
 * @param status planned, held or cancelled
 * @param participants how many companies take part
 */
record WorkshopView(
    String id,
    String uid,
    String date,
    String start,
    String end,
    String timeZone,
    @Nullable Place place,
    String subject,
    String status,
    int participants,
    String publication,
    Instant updatedAt,
    long revision) {

  /** Of a document of either side: the public one has the number alone. */
  static WorkshopView of(FeedItem item, JsonNode document, Labels labels, Language language) {
    String start = document.path("start").asText();
    return new WorkshopView(
        item.id(),
        Uids.of(item.id()),
        Moments.local(Instant.parse(start)).toLocalDate().toString(),
        Moments.text(start),
        Moments.text(document.path("end").asText()),
        Moments.ZONE.getId(),
        Place.of(document.path("place"), labels),
        Objects.requireNonNull(Localized.text(document.path("subject"), language)),
        document.path("status").asText(),
        participants(document),
        document.path("publication").asText(),
        item.updatedAt(),
        item.revision());
  }

  /** How many companies take part, by the document of either side. */
  static int participants(JsonNode document) {
    return document.path("participantCount").asInt(document.path("participants").size());
  }
}
