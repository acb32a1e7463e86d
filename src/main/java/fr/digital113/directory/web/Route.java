package fr.digital113.directory.web;

import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Where a request went, as a template of the contract: there are as many as the program has
 * endpoints, whatever callers ask for. Holds the timers of its requests, so that finding one takes
 * a single look.
 */
final class Route {
  private final String template;
  private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();

  Route(String template) {
    this.template = template;
  }

  String template() {
    return template;
  }

  /**
   * The timer of what is told apart within the route.
   *
   * @param key names the method, the status and the source together
   */
  Timer timer(int key, IntFunction<Timer> maker) {
    Timer known = timers.get(key);
    return known != null ? known : timers.computeIfAbsent(key, maker::apply);
  }
}
