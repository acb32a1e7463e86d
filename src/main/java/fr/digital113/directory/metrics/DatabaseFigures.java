package fr.digital113.directory.metrics;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What a feature tells of the database. A bean of each feature that has something to tell. */
public interface DatabaseFigures {

  /**
   * Reads the figures, the same names each time. It has a transaction of its own, which reads only
   * and ends after two seconds.
   */
  List<Figure> read(Handle database);
}
