package fr.digital113.directory.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells whose the things of a kind are. A feature implements it for each kind that it has. */
public interface Ownership {

  /** A kind of thing that can be somebody's own, and for which roles. */
  enum Kind {
    /** The company that the caller belongs to. */
    COMPANY(Role.MEMBER),
    /** A Factory that the caller's company leads. */
    FACTORY(Role.FACTORY_LEAD),
    /** A proposal about the company that the caller belongs to. */
    PROPOSAL(Role.MEMBER),
    /** A meeting of a Factory that the caller's company leads. */
    MEETING(Role.FACTORY_LEAD),
    /** An initiative of a Factory that the caller's company leads. */
    INITIATIVE(Role.FACTORY_LEAD),
    /** A workshop that the caller's company takes part in. */
    WORKSHOP(Role.MEMBER),
    /** A Factory that the caller's company may ask to take part in. */
    JOINING(Role.MEMBER),
    /** The address of a calendar of the caller's company. */
    CALENDAR(Role.MEMBER, Role.FACTORY_LEAD),
    /** A webhook of the caller's partner. */
    WEBHOOK(Role.PARTNER);

    private final Set<Role> roles;

    Kind(Role... roles) {
      this.roles = Set.of(roles);
    }

    /** Whether the caller has a role by which things of this kind can be its own. */
    boolean isFor(Caller caller) {
      return roles.stream().anyMatch(caller::is);
    }

    /** In whose name the caller has things of this kind; null for nobody's. */
    @Nullable UUID owner(Caller caller) {
      return roles.contains(Role.PARTNER) ? caller.partner() : caller.company();
    }
  }

  /** Whose a thing is. */
  enum Relation {
    OWN,
    OTHERS,
    /** Absent, or not to be known of by others: both are a 404. */
    HIDDEN
  }

  /** The kind that this is about. */
  Kind kind();

  /**
   * Whose a thing is.
   *
   * @param owner the company, or partner, that the caller belongs to
   * @param ref the thing, as the path names it
   */
  Relation relation(UUID owner, String ref);
}
