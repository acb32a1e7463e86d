package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;

/**
 * Who may edit which item. Roles are checked before a request comes here; this is what depends on
 * the item.
 */
final class Rights {
  private Rights() {}

  /**
   * Lets the team and the owner pass.
   *
   * @return whether the caller is of the team, which may change everything
   * @throws ProblemException for anybody else: 404 when the item is hidden from them
   */
  static boolean requireEditor(Caller caller, Editable type, Stored item) {
    if (caller.is(Role.TEAM)) {
      return true;
    }
    if (type.isOwn(caller, item)) {
      return false;
    }
    throw item.isPublic() ? forbidden(caller) : notFound();
  }

  /** Lets the team pass. */
  static void requireTeam(Caller caller) {
    if (!caller.is(Role.TEAM)) {
      throw forbidden(caller);
    }
  }

  /** What somebody is told for whom the thing does not exist. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun élément ne porte cette référence.", "No item has this reference."));
  }

  private static ProblemException forbidden(Caller caller) {
    return caller.roles().isEmpty()
        ? new ProblemException(
            ProblemType.UNAUTHENTICATED,
            new Text("Dites d'abord qui vous êtes.", "Say who you are first."))
        : new ProblemException(
            ProblemType.FORBIDDEN,
            new Text(
                "Cette action est réservée à l'équipe ou à l'entreprise elle-même.",
                "This is for the team, or for the company itself."));
  }
}
