package fr.digital113.directory.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of the database that somebody was shown, and behind which nothing else may be for them.
 *
 * @param epoch which the revision belongs to
 * @param revision 0 before there is any
 * @param committedAt when that revision was committed, which tells it from another of the same
 *     number; null when that is not known
 * @param erasures how many persons were erased
 */
public record LogPosition(
    String epoch, long revision, @Nullable Instant committedAt, long erasures) {}
