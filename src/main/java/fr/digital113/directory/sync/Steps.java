package fr.digital113.directory.sync;

import fr.digital113.directory.changes.Place;
import java.util.List;

/**
 * Some steps of a copy.
 *
 * @param place up to where the feed was read for them
 * @param complete whether nothing is left up to the revision of the snapshot
 */
record Steps(List<SyncChange> changes, Place place, boolean complete) {}
