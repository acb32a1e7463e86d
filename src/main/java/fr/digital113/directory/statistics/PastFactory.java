package fr.digital113.directory.statistics;

import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.StandbyReads;
import fr.digital113.directory.companies.DatedFilter;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What a Factory was on a day, today or before, from the dated history in the database. */
@Singleton
public class PastFactory {
  private final StandbyReads reads;
  private final Turns turns;

  PastFactory(StandbyReads reads, Turns turns) {
    this.reads = reads;
    this.turns = turns;
  }

  /**
   * What is known of a day.
   *
   * @param leads two while it was active, none to two otherwise
   * @param companies how many members took part, as the dataset {@code companies} counts them
   */
  public record Facts(String status, List<Lead> leads, long companies) {}

  /** A company that led, by id, and the day since when. */
  public record Lead(String company, String since) {}

  /**
   * Reads the facts of a day when there is room for it, as for other questions about the past.
   *
   * @param shown what the answer is labelled with
   * @param id of the Factory
   * @param content makes the answer of them
   * @throws ProblemException 404 for a day on which it was not there yet, 503 when too many are
   *     being made
   */
  public Content on(
      LogPosition shown,
      LocalDate day,
      String id,
      Exchange exchange,
      Function<Facts, Content> content) {
    return turns.of(0, true).take(exchange, () -> content.apply(read(shown, day, id)));
  }

  /** All of one moment. */
  private Facts read(LogPosition shown, LocalDate day, String id) {
    return reads.atLeast(
        shown,
        database ->
            new Facts(
                status(database, day, id), leads(database, day, id), companies(database, day, id)));
  }

  private static String status(Handle database, LocalDate day, String id) {
    return database
        .createQuery("select factory_status_on(:id::uuid, :day)")
        .bind("id", id)
        .bind("day", day)
        .mapTo(String.class)
        .findOne()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    new Text(
                            "Rien n'est connu de cette Factory le %s : elle n'existait pas encore.",
                            "Nothing is known of this Factory on %s: it was not there yet.")
                        .with(day)));
  }

  private static List<Lead> leads(Handle database, LocalDate day, String id) {
    return database
        .createQuery(
            "select company::text, since::text from factory_leads_on(:id::uuid, :day) order by since, company")
        .bind("id", id)
        .bind("day", day)
        .map((row, context) -> new Lead(row.getString(1), row.getString(2)))
        .list();
  }

  private static long companies(Handle database, LocalDate day, String id) {
    DatedFilter members =
        new DatedFilter(
            Set.of(), Set.of(), Set.of(), Set.of("member"), Set.of(id), Set.of(), null, null);
    return DatedTally.of(database, day, members, List.of()).total().companies();
  }
}
