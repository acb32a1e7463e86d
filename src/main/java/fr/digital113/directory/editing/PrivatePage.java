package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of a list that depends on who asks; it is read forwards only. */
public record PrivatePage(List<?> data, Page.Position page) {

  /**
   * Answers a page.
   *
   * @param found what the page holds, and one more when there is a next one
   * @param cursor where the page after an item begins
   */
  public static <T> Response respond(
      Exchange exchange,
      Page.Asked asked,
      long total,
      List<T> found,
      Function<T, String> cursor,
      Function<T, ?> view) {
    boolean more = found.size() > asked.limit();
    List<T> shown = more ? found.subList(0, asked.limit()) : found;
    String next = more ? exchange.withCursor(cursor.apply(shown.get(shown.size() - 1))) : null;
    return exchange.unshared(
        Response.ok(
            new PrivatePage(
                shown.stream().map(view).toList(),
                new Page.Position(asked.limit(), total, next, null))));
  }

  /** The cursor, which must look like one of this list. */
  public static @Nullable String cursor(Page.Asked asked, Pattern form) {
    String cursor = asked.cursor();
    if (cursor != null && !form.matcher(cursor).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_CURSOR,
          new Text("Ce curseur n'est pas de cette liste.", "This cursor is not one of this list."));
    }
    return cursor;
  }
}
