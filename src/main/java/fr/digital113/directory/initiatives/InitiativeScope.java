package fr.digital113.directory.initiatives;

import java.util.Set;

/**
 * What a path narrows a list of initiatives to, before its filters.
 *
 * @param factories ids; empty for all
 */
record InitiativeScope(Set<String> factories) {
  static final InitiativeScope ALL = new InitiativeScope(Set.of());

  static InitiativeScope inFactory(String id) {
    return new InitiativeScope(Set.of(id));
  }
}
