package fr.digital113.directory.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * One row of {@link AccessRules}.
 *
 * @param path the template as the resource declares it
 * @param open whether it is to everybody
 * @param roles who may besides, whatever thing it is
 * @param own of which kinds the thing is that may be the caller's own, by any of them
 */
record Rule(String method, String path, boolean open, Set<Role> roles, Set<Ownership.Kind> own) {

  static Rule of(String method, String path) {
    return new Rule(method, path, false, Set.of(), Set.of());
  }

  /** Open to everybody; the team sees more of it. */
  Rule anyone() {
    return new Rule(method, path, true, Set.of(Role.TEAM), own);
  }

  Rule by(Role first, Role... others) {
    return new Rule(method, path, open, EnumSet.of(first, others), own);
  }

  /** Also for another role. */
  Rule orBy(Role another) {
    Set<Role> all = EnumSet.of(another);
    all.addAll(roles);
    return new Rule(method, path, open, all, own);
  }

  /** Also for those whose own the thing is. */
  Rule orOwn(Ownership.Kind kind) {
    Set<Ownership.Kind> all = EnumSet.of(kind);
    all.addAll(own);
    return new Rule(method, path, open, roles, all);
  }

  /** The same for those alone who may do more than read what is public. */
  Rule closed() {
    return new Rule(method, path, false, roles, own);
  }

  /** The same for every name of a placeholder. */
  String key() {
    return method + " " + path.replaceAll("\\{[^/]+}", "{}");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
