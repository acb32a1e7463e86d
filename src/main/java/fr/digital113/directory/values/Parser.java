package fr.digital113.directory.values;

/** Reads a text as a value, or refuses it. */
@FunctionalInterface
public interface Parser<T> {

  /** The value of a text that is not empty. */
  T parse(String text) throws BadValueException;
}
