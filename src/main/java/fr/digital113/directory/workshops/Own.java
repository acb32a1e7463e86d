package fr.digital113.directory.workshops;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The published workshops that a member's company takes part in, as it sees them.
 *
 * @param bodies by id
 * @param source what they were read from; null where there is no member
 */
record Own(Map<String, RawJson> bodies, @Nullable Version source) {
  static final Own NOTHING = new Own(Map.of(), null);

  static Own of(Reading reading, Language language) {
    Snapshot snapshot = reading.snapshot();
    String company = Objects.requireNonNull(reading.reader().company());
    Query published = new Query(WorkshopIndexing.TYPE);
    published.within(WorkshopIndexing.PARTICIPANT, List.of(company));
    published.within("publication", List.of("published"));
    Map<String, RawJson> bodies = new HashMap<>();
    for (String id : Items.ids(snapshot, published)) {
      bodies.put(id, Items.get(snapshot, WorkshopIndexing.TYPE, id, language).body());
    }
    return new Own(bodies, snapshot.version());
  }

  /** Whether a member reads. */
  boolean isMembers() {
    return source != null;
  }

  /** Whether the workshop that a path names is one of them. */
  boolean has(String ref) {
    return bodies.containsKey(ref.toLowerCase(Locale.ROOT));
  }

  /** An item of a list as the member sees it. */
  RawJson shown(Listing.Item item) {
    return bodies.getOrDefault(item.id(), item.body());
  }

  /** What a list of both is validated by: of the private revision, and of what everybody sees. */
  Version version(Snapshot shown) {
    return source == null
        ? shown.version()
        : new Version(source.revision(), source.key() + "." + shown.appliedRevision(), true);
  }
}
