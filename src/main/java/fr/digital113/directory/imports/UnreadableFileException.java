package fr.digital113.directory.imports;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;

/** A file that cannot be read at all: one clear problem, nothing loaded. */
public class UnreadableFileException extends ProblemException {
  private static final long serialVersionUID = 1L;

  public UnreadableFileException(Text reason) {
    super(ProblemType.UNREADABLE_FILE, reason);
  }
}
