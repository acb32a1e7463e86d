package fr.digital113.directory.formats;

import fr.digital113.directory.web.RawJson;
import java.io.IOException;

/** Writes the items of a list into a file, one by one. */
public interface ItemWriter {

  void item(RawJson item) throws IOException;

  /** Writes the end of the file; its stream is left open. Not called when anything failed. */
  void end() throws IOException;
}
