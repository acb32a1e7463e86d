package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;

/** A cell that means nothing here. {@code code} is stable, such as {@code invalid_siren}. */
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient Text reason;

  BadValueException(String code, String fr, String en) {
    this(code, new Text(fr, en));
  }

  BadValueException(String code, Text reason) {
    super(code, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  String code() {
    return code;
  }

  Text reason() {
    return reason;
  }
}
