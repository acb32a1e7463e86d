package fr.digital113.directory.web;

/**
 * Which of the representations of a list an answer is.
 *
 * @param variant tells representations of the same format apart in the ETag; empty when there is
 *     one only
 */
public record Representation(Format format, String variant) {

  String key(Language language) {
    String key = format == Format.JSON ? language.tag() : language.tag() + "." + format.parameter();
    return variant.isEmpty() ? key : key + "." + variant;
  }
}
