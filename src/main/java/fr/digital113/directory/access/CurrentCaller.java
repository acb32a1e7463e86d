package fr.digital113.directory.access;

import fr.digital113.directory.web.Audience;
import jakarta.enterprise.context.RequestScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who asks in this request, and by what right: set once, before it reaches its resource. */
@RequestScoped
public class CurrentCaller implements Audience {
  private Caller caller = Caller.ANYONE;
  private Supplier<Grant> decision = () -> Grant.PUBLIC;
  private @Nullable Grant grant;

  public Caller get() {
    return caller;
  }

  /** What {@link AccessRules} grants; looked up when it is first asked for. */
  public Grant grant() {
    Grant known = grant;
    if (known == null) {
      known = decision.get();
      grant = known;
    }
    return known;
  }

  @Override
  public boolean isEverybody() {
    return caller.readsAsThePublic();
  }

  void set(Caller caller) {
    this.caller = caller;
  }

  void granted(Supplier<Grant> decision) {
    this.decision = decision;
    this.grant = null;
  }
}
