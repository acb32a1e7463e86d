package fr.digital113.directory.changes;

import org.jspecify.annotations.Nullable;

/**
 * A place in the public feed, in commit order: behind one entry, or behind all of a revision.
 *
 * @param type null for behind all of the revision; so is {@code id}
 */
public record Place(long revision, @Nullable String type, @Nullable String id) {

  /** Behind all of a revision. */
  public static Place behind(long revision) {
    return new Place(revision, null, null);
  }
}
