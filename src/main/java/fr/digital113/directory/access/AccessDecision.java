package fr.digital113.directory.access;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies a row of {@link AccessRules} to a caller and a thing. */
@ApplicationScoped
class AccessDecision {
  private static final Text NOT_YOURS =
      new Text(
          "Vos droits ne suffisent pas pour cette action.",
          "Your rights are not enough for this action.");

  private final List<Ownership> ownerships;
  private final Challenges challenges;

  AccessDecision(@All List<Ownership> ownerships, Challenges challenges) {
    this.ownerships = ownerships;
    this.challenges = challenges;
  }

  /**
   * By what right the caller may.
   *
   * @param ref the thing, as the path names it; null for a list
   * @throws ProblemException when there is none: 401 for somebody unknown, 404 for what the caller
   *     must not know of, else 403
   */
  Grant grant(Rule rule, Caller caller, @Nullable String ref) {
    if (rule.roles().stream().anyMatch(caller::is)) {
      return Grant.TEAM;
    }
    Ownership.Relation relation = relation(rule, caller, ref);
    if (relation == Ownership.Relation.OWN) {
      return Grant.OWN;
    }
    if (rule.open()) {
      return Grant.PUBLIC;
    }
    if (caller.isAnonymous()) {
      throw challenges.required();
    }
    if (relation == Ownership.Relation.HIDDEN) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          new Text(
              "Il n'y a rien à cette adresse que vous puissiez voir.",
              "There is nothing at this address that you may see."));
    }
    throw refused();
  }

  /** For an endpoint without a row. */
  ProblemException denied(Caller caller) {
    return caller.isAnonymous() ? challenges.required() : refused();
  }

  /** By the kind that gives the caller most: a Factory's lead may be a member as well. */
  private Ownership.Relation relation(Rule rule, Caller caller, @Nullable String ref) {
    List<Ownership.Relation> relations =
        rule.own().stream()
            .filter(kind -> kind.isFor(caller))
            .map(kind -> relation(kind, caller, ref))
            .toList();
    return Stream.of(Ownership.Relation.OWN, Ownership.Relation.HIDDEN)
        .filter(relations::contains)
        .findFirst()
        .orElse(Ownership.Relation.OTHERS);
  }

  private Ownership.Relation relation(Ownership.Kind kind, Caller caller, @Nullable String ref) {
    UUID owner = kind.owner(caller);
    if (owner == null) {
      return Ownership.Relation.OTHERS;
    }
    if (ref == null) {
      return Ownership.Relation.OWN; // a list, of which the resource shows what is the caller's own
    }
    return ownerships.stream()
        .filter(each -> each.kind() == kind)
        .findFirst()
        .map(each -> each.relation(owner, ref))
        .orElse(Ownership.Relation.HIDDEN);
  }

  private static ProblemException refused() {
    return new ProblemException(ProblemType.FORBIDDEN, NOT_YOURS);
  }
}
