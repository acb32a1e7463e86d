package fr.digital113.directory.values;

import fr.digital113.directory.web.Text;

/** A cell that means nothing here. {@code code} is stable, such as {@code invalid_siren}. */
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient Text reason;

  public BadValueException(String code, String fr, String en) {
    this(code, new Text(fr, en));
  }

  public BadValueException(String code, Text reason) {
    super(code, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  public String code() {
    return code;
  }

  public Text reason() {
    return reason;
  }
}
