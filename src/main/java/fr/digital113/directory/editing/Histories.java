package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Who changed what, for the team, of every type; of deleted things too, by id. */
@Singleton
class Histories {
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

  private final Jdbi jdbi;
  private final Exchange exchange;

  Histories(Jdbi jdbi, Exchange exchange) {
    this.jdbi = jdbi;
    this.exchange = exchange;
  }

  private record Found(long total, List<History.Entry> entries) {}

  /** A page of the changes of one item, the newest first. */
  Response list(Editable type, String ref) {
    QueryParameters parameters = exchange.parameters();
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, REVISION);
    Found found =
        jdbi.withHandle(
            database -> {
              String id = type.find(database, ref).orElseGet(() -> ref.toLowerCase(Locale.ROOT));
              long total = History.count(database, type.type(), id);
              if (total == 0) {
                throw Refusals.notFound();
              }
              Long before = cursor == null ? null : Long.valueOf(cursor);
              return new Found(
                  total, History.of(database, type.type(), id, before, asked.limit() + 1));
            });
    return PrivatePage.respond(
        exchange,
        asked,
        found.total(),
        found.entries(),
        each -> Long.toString(each.revision()),
        each -> each);
  }
}
