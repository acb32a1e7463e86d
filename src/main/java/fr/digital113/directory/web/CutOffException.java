package fr.digital113.directory.web;

import java.io.IOException;

/** An answer ended in its middle, with its connection; nobody is there to be told why. */
final class CutOffException extends IOException {
  private static final long serialVersionUID = 1L;

  CutOffException(Throwable cause) {
    super(cause);
  }
}
