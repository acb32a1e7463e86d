package fr.digital113.directory.web;

/** A message in both languages. */
public record Text(String fr, String en) {

  /** The message in one language. */
  public String in(Language language) {
    return switch (language) {
      case FR -> fr;
      case EN -> en;
    };
  }

  /** Both languages with {@link String#format} arguments filled in. */
  public Text with(Object... arguments) {
    return new Text(fr.formatted(arguments), en.formatted(arguments));
  }
}
