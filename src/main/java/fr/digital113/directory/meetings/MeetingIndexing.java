package fr.digital113.directory.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.insiders.Reader;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;

/** Puts meetings into the index, a series as one item. */
@Singleton
class MeetingIndexing implements IndexedType {
  static final String TYPE = "meeting";
  static final String FACTORY = "factory";
  static final String SECTOR = "sector";
  static final String TERRITORY = "territory";

  @Override
  public String type() {
    return TYPE;
  }

  /** With what a copy needs to expand it: local times decide where occurrences are. */
  @Override
  public ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    return IndexedType.super
        .followed(item, document, labels)
        .put("uid", Uids.of(item.id()))
        .put("timeZone", Moments.ZONE.getId());
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    var unused = MeetingSeries.of(document); // or one that cannot be expanded would end every list
    Reader.index(document, entry);
    Publications.index(document, entry);
    String factory = document.path(FACTORY).asText();
    entry.term(FACTORY, factory);
    entry.uses(FACTORY, factory);
    JsonNode group = labels.find(FACTORY, factory);
    if (group != null) {
      Json.texts(group.path("sectors")).forEach(sector -> entry.term(SECTOR, sector));
    }
    takesPlace(document, labels, entry);
    document.path("occurrences").forEach(each -> takesPlace(each, labels, entry));
    for (Language language : Language.values()) {
      entry.body(language, MeetingView.of(item, document, labels, language, entry.isPrivate()));
    }
  }

  /** Where, and with whom: the series, or one of its occurrences. */
  private static void takesPlace(JsonNode meeting, Labels labels, IndexEntry entry) {
    Place.index(meeting.path("place"), labels, TERRITORY, entry);
    if (entry.isPrivate()) {
      Json.texts(meeting.path("attendance")).forEach(company -> entry.uses("company", company));
    }
  }
}
