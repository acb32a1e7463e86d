package fr.digital113.directory.access;

import jakarta.enterprise.context.RequestScoped;

/** Who asks in this request: set once, before the request reaches its resource. */
@RequestScoped
public class CurrentCaller {
  private Caller caller = Caller.ANYONE;

  public Caller get() {
    return caller;
  }

  void set(Caller caller) {
    this.caller = caller;
  }
}
