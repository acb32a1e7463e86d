package fr.digital113.directory.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.places.Period;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts events into the index. */
@Singleton
class EventIndexing implements IndexedType {
  static final String TYPE = "event";
  static final String STATUS = "status";
  static final String TERRITORY = "territory";

  private static final String KIND = "événement, évènement, event";

  @Override
  public String type() {
    return TYPE;
  }

  /** With what a calendar is made of. */
  @Override
  public ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    return IndexedType.super
        .followed(item, document, labels)
        .put("uid", Uids.of(item.id()))
        .put("timeZone", Moments.ZONE.getId());
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.slug(document.path("slug").asText());
    Json.texts(document.path("formerSlugs")).forEach(entry::formerSlug);
    entry.term(STATUS, Json.text(document, STATUS));
    Publications.index(document, entry);
    Period.index(document, entry);
    document
        .path("places")
        .forEach(
            place -> {
              Place.index(place, labels, TERRITORY, entry);
              placeTexts(place, labels, entry);
            });
    entry.text(TextPart.KIND, KIND);
    document.path("title").forEach(title -> entry.text(TextPart.NAME, title.asText()));
    document
        .path("description")
        .forEach(description -> entry.text(TextPart.DESCRIPTION, description.asText()));
    entry.text(TextPart.TOPIC, Json.text(document.path("organiser"), "name"));
    entry.prominence(Period.start(document).getEpochSecond()); // the latest of a series of years
    String detail = detail(document, labels);
    for (Language language : Language.values()) {
      entry.suggestion(
          language,
          document.path("slug").asText(),
          Objects.requireNonNull(Localized.text(document.path("title"), language)),
          detail);
      entry.body(language, EventView.of(item, document, labels, language));
    }
  }

  private static void placeTexts(JsonNode place, Labels labels, IndexEntry entry) {
    entry.text(TextPart.PLACE, Json.text(place, "name"));
    JsonNode commune = labels.find(TERRITORY, place.path("commune").asText());
    if (commune == null) {
      return;
    }
    entry.text(TextPart.PLACE, Json.text(commune, "name"));
    for (String code : Json.texts(commune.path("within"))) {
      JsonNode container = labels.find(TERRITORY, code);
      if (container != null) {
        entry.text(TextPart.AREA, Json.text(container, "name"));
        entry.uses(TERRITORY, code);
      }
    }
  }

  /** The day and the communes. */
  private static String detail(JsonNode document, Labels labels) {
    return Stream.concat(
            Stream.of(Moments.local(Period.start(document)).toLocalDate().toString()),
            EventView.places(document, labels).stream()
                .map(Place::commune)
                .filter(Objects::nonNull)
                .map(Place.Commune::name)
                .distinct())
        .collect(Collectors.joining(", "));
  }
}
