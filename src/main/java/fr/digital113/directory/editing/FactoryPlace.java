package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Below a Factory, things are made by the team and by those who lead it at that very moment. */
@Singleton
class FactoryPlace {
  private final FactoryEditing factories;
  private final CurrentCaller current;

  FactoryPlace(FactoryEditing factories, CurrentCaller current) {
    this.factories = factories;
    this.current = current;
  }

  /**
   * The member that the path gives to what is made below a Factory.
   *
   * @param slug the Factory, as the path names it
   */
  Function<Handle, ObjectNode> of(String slug) {
    return database -> {
      String factory = factories.find(database, slug, "for share").orElseThrow(Refusals::notFound);
      requireLead(database, factory);
      return JsonBody.emptyObject().put("factory", factory);
    };
  }

  /** Whether the caller sees and decides all that is below a Factory. */
  boolean isDecidedByCaller(Handle database, String factory) {
    return current.grant() == Grant.TEAM || FactoryLeads.areOf(database, current.get(), factory);
  }

  /**
   * Asks once more who leads, within the transaction that has locked the Factory: it may be others
   * since the request was let through.
   *
   * @throws ProblemException 403 for whom leads no more
   */
  void requireLead(Handle database, String factory) {
    if (!isDecidedByCaller(database, factory)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          new Text(
              "Votre entreprise ne pilote pas, ou plus, cette Factory.",
              "Your company does not lead this Factory, or does so no more."));
    }
  }
}
