package fr.digital113.directory.values;

/** How calendars name what takes place: for ever, wherever the API is served from. */
public final class Uids {
  /** Of no host, so that a calendar keeps its entries when the API moves. */
  private static final String DOMAIN = "events.digital113";

  private Uids() {}

  /**
   * The UID of RFC 5545.
   *
   * @param id of a meeting, an event or a workshop; ids of several types never meet
   */
  public static String of(String id) {
    return id + "@" + DOMAIN;
  }
}
