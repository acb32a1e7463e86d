package fr.digital113.directory.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param actor how the change log names the caller, such as {@code key:…} or {@code user:…}; never
 *     a person's name or address
 * @param roles empty for somebody who did not say who they are
 * @param company the company that a member or Factory lead belongs to
 * @param partner whose key it is; null for a key that web pages use, which everybody can see
 * @param key the id of the API key that was used; null for a token or nobody
 * @param plan the name of the plan in {@link Plans} whose limits hold
 */
public record Caller(
    String actor,
    Set<Role> roles,
    @Nullable UUID company,
    @Nullable UUID partner,
    @Nullable UUID key,
    String plan) {

  /** Somebody who did not say who they are. */
  public static final Caller ANYONE =
      new Caller("anyone", Set.of(), null, null, null, Plans.ANONYMOUS);

  /** Whether somebody did not say who they are. */
  public boolean isAnonymous() {
    return equals(ANYONE);
  }

  /** Whether the caller has a role; an admin has the team's as well. */
  public boolean is(Role role) {
    return roles.contains(role) || (role == Role.TEAM && roles.contains(Role.ADMIN));
  }

  /** Whether caches for everybody may answer: nobody known, or a partner who is nothing else. */
  public boolean readsAsThePublic() {
    return readAsThePublic(roles);
  }

  static boolean readAsThePublic(Set<Role> roles) {
    return roles.isEmpty() || roles.equals(Set.of(Role.PARTNER));
  }
}
