package fr.digital113.directory.companies;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list of companies, taken apart for another day than today: what is dated is to
 * be compared with the state of that day. An empty filter holds for every company.
 *
 * @param sectors slugs
 * @param territories codes
 * @param sizeClasses codes
 * @param memberships {@code member}, {@code former}, {@code none}
 * @param factories ids
 * @param origins codes
 * @param joinedAfter joined on a later day than this one
 * @param among the ids of the companies that all other filters find today; null when there are none
 */
public record DatedFilter(
    Set<String> sectors,
    Set<String> territories,
    Set<String> sizeClasses,
    Set<String> memberships,
    Set<String> factories,
    Set<String> origins,
    @Nullable LocalDate joinedAfter,
    @Nullable Collection<String> among) {

  /** Members, whatever else they are. */
  public static DatedFilter members() {
    return new DatedFilter(
        Set.of(), Set.of(), Set.of(), Set.of("member"), Set.of(), Set.of(), null, null);
  }

  /** Whether these are the members, all of them. */
  public boolean isAllMembers() {
    return equals(members());
  }
}
