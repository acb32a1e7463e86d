package fr.digital113.directory.erasure;

import fr.digital113.directory.metrics.DatabaseFigures;
import fr.digital113.directory.metrics.Figure;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How many persons were erased; nothing of whom. */
@Singleton
class ErasureMetrics implements DatabaseFigures {

  @Override
  public List<Figure> read(Handle database) {
    return List.of(
        Figure.count(
            "directory.erasures",
            "Erasures of persons that the database knows",
            Tags.empty(),
            database.createQuery("select count(*) from personal_erasure").mapTo(Long.class).one()));
  }
}
