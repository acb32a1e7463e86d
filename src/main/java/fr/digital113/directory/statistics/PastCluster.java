package fr.digital113.directory.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.StandbyReads;
import fr.digital113.directory.companies.DatedFilter;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The cluster of a day, today or before, from the database, which has what was and is no more. What
 * was true on a day is decided there ({@code cluster_on}), as it is for the public of today.
 */
@Singleton
public class PastCluster {
  private final StandbyReads reads;
  private final Turns turns;
  private final ObjectMapper mapper;

  PastCluster(StandbyReads reads, Turns turns, ObjectMapper mapper) {
    this.reads = reads;
    this.turns = turns;
    this.mapper = mapper;
  }

  /**
   * The cluster as everybody may read it of a day.
   *
   * @param document texts in all languages, as the change log has them
   * @param members how many companies were members, as the dataset {@code companies} counts them
   */
  public record Facts(ObjectNode document, long members) {}

  /**
   * Reads the facts of a day when there is room for it, as for other questions about the past.
   *
   * @param shown what the answer is labelled with
   * @param content makes the answer of them
   * @throws fr.digital113.directory.web.ProblemException 503 when too many are being made
   */
  public Content on(
      LogPosition shown, LocalDate day, Exchange exchange, Function<Facts, Content> content) {
    return turns.of(0, true).take(exchange, () -> content.apply(read(shown, day)));
  }

  /** Both of one moment. */
  private Facts read(LogPosition shown, LocalDate day) {
    return reads.atLeast(
        shown,
        database ->
            new Facts(
                document(database, day),
                DatedTally.of(database, day, DatedFilter.members(), List.of())
                    .total()
                    .companies()));
  }

  private ObjectNode document(Handle database, LocalDate day) {
    String document =
        database
            .createQuery("select cluster_on(document, :day)::text from cluster_document")
            .bind("day", day)
            .mapTo(String.class)
            .one();
    try {
      return (ObjectNode) mapper.readTree(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }
}
