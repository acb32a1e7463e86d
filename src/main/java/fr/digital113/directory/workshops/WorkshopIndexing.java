package fr.digital113.directory.workshops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.places.Period;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts workshops into the index; who took part and what was said into the private one alone. */
@Singleton
class WorkshopIndexing implements IndexedType {
  static final String TYPE = "workshop";
  static final String STATUS = "status";
  static final String TERRITORY = "territory";

  /** The companies that take part, in the private index. */
  static final String PARTICIPANT = "participant";

  /** What copies have, which are everybody's. */
  private static final List<String> COPIED =
      List.of("subject", "start", "end", "place", STATUS, "publication", "sequence");

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("id", item.id());
    COPIED.forEach(member -> data.set(member, document.path(member)));
    return data.put("participants", WorkshopView.participants(document))
        .put("uid", Uids.of(item.id()))
        .put("timeZone", Moments.ZONE.getId())
        .put("updatedAt", item.updatedAt().toString())
        .put("revision", item.revision());
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.term(STATUS, Json.text(document, STATUS));
    Publications.index(document, entry);
    Period.index(document, entry);
    Place.index(document.path("place"), labels, TERRITORY, entry);
    if (entry.isPrivate()) {
      for (String company : Json.texts(document.path("participants"))) {
        entry.term(PARTICIPANT, company);
        entry.uses("company", company);
      }
    }
    for (Language language : Language.values()) {
      WorkshopView view = WorkshopView.of(item, document, labels, language);
      entry.body(
          language, entry.isPrivate() ? PrivateWorkshopView.of(view, document, labels) : view);
    }
  }
}
