package fr.digital113.directory.workshops;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Sha256;
import fr.digital113.directory.web.Version;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The published workshops that a member's company takes part in, as it sees them.
 *
 * @param bodies by id
 * @param isMembers whether a member reads; everybody else has none
 */
record Own(SortedMap<String, RawJson> bodies, boolean isMembers) {
  static final Own NOTHING = new Own(new TreeMap<>(), false);

  static Own of(Reading reading, Language language) {
    Snapshot snapshot = reading.snapshot();
    String company = Objects.requireNonNull(reading.reader().company());
    Query published = new Query(WorkshopIndexing.TYPE);
    published.within(WorkshopIndexing.PARTICIPANT, List.of(company));
    published.within("publication", List.of("published"));
    SortedMap<String, RawJson> bodies = new TreeMap<>();
    for (String id : Items.ids(snapshot, published)) {
      bodies.put(id, Items.get(snapshot, WorkshopIndexing.TYPE, id, language).body());
    }
    return new Own(bodies, true);
  }

  /** Whether the workshop that a path names is one of them. */
  boolean has(String ref) {
    return bodies.containsKey(ref.toLowerCase(Locale.ROOT));
  }

  /** An item of a list as the member sees it. */
  RawJson shown(Listing.Item item) {
    return bodies.getOrDefault(item.id(), item.body());
  }

  /**
   * What a list of both is validated by: what everybody sees, and what is shown of these. Not by
   * the private revision, which moves when something is said where the company was not.
   */
  Version version(Snapshot shown) {
    Version version = shown.version();
    return isMembers
        ? new Version(version.revision(), version.key() + "." + digest(), true)
        : version;
  }

  private String digest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    bodies.values().forEach(body -> all.writeBytes(body.utf8()));
    return HexFormat.of().formatHex(Sha256.of(all.toByteArray()), 0, 8);
  }
}
