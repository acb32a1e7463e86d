package fr.digital113.directory.meetings;

import fr.digital113.directory.index.AllItems;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.web.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expands the meetings of a snapshot.
 *
 * @param territories codes of where an occurrence must take place; empty for anywhere
 */
record Occurrences(Snapshot snapshot, Window window, Set<String> territories, Language language) {

  /** Those that meet the window, in the order of the list. */
  List<Occurrence> of(Query query) {
    Map<String, Boolean> known = new HashMap<>(); // most take place where the others do
    return AllItems.readings(snapshot, query, language, ReadMeeting.class, ReadMeeting::of).stream()
        .flatMap(meeting -> meeting.occurrences(window))
        .filter(occurrence -> isThere(occurrence.commune(), known))
        .sorted(Occurrence.ORDER)
        .toList();
  }

  private boolean isThere(@Nullable String commune, Map<String, Boolean> known) {
    return territories.isEmpty()
        || commune != null
            && known.computeIfAbsent(
                commune, each -> Place.isWithin(each, territories, snapshot.labels()));
  }
}
