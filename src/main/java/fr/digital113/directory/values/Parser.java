package fr.digital113.directory.values;

import fr.digital113.directory.web.JsonBody;
import org.jspecify.annotations.Nullable;

/** Reads a text as a value, or refuses it. */
@FunctionalInterface
public interface Parser<T> {

  /** The value of a text that is not empty. */
  T parse(String text) throws BadValueException;

  /**
   * The value of a text in a body; null when there is none, or a wrong one, which the body notes.
   *
   * @param place a member, or a place inside it such as {@code sectors/1}
   */
  static <T> @Nullable T parsed(
      JsonBody body, String place, @Nullable String text, Parser<T> parser) {
    if (text == null) {
      return null;
    }
    try {
      return parser.parse(text);
    } catch (BadValueException bad) {
      body.error(place, bad.code(), bad.reason());
      return null;
    }
  }
}
