package fr.digital113.directory.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.DirectoryIndex;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A small directory with named companies and Factories, described in {@code fixture/directory.sql}.
 */
@Singleton
public class Fixture {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** Slug, French and English, as the first test finds them. */
  private static final List<List<String>> LABELS = new ArrayList<>();

  private final Jdbi jdbi;
  private final DirectoryIndex index;

  Fixture(Jdbi jdbi, DirectoryIndex index) {
    this.jdbi = jdbi;
    this.index = index;
  }

  /** Puts the small directory in place of whatever there was. */
  public void load() {
    String script = resource("/fixture/directory.sql");
    jdbi.useTransaction(
        database -> {
          database.createScript(script).execute();
          restoreLabels(database);
        });
    index.catchUp();
  }

  /** The labels of sectors are reference data, which tests may have changed. */
  private static void restoreLabels(Handle database) {
    if (LABELS.isEmpty()) {
      database
          .createQuery("select slug, label_fr, label_en from sector")
          .map((row, context) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
          .forEach(LABELS::add);
    }
    LABELS.forEach(
        each ->
            database.execute(
                "update sector set label_fr = ?, label_en = ? where slug = ? and (label_fr, label_en) <> (?, ?)",
                each.get(1),
                each.get(2),
                each.get(0),
                each.get(1),
                each.get(2)));
  }

  /** Runs SQL as somebody at psql would, and waits until readers see it. */
  public void sql(String statement, Object... arguments) {
    jdbi.useTransaction(database -> database.execute(statement, arguments));
    index.catchUp();
  }

  /**
   * The answer for an item as it must be; {@code $revision}, {@code $updatedAt} and {@code $day}
   * stand for its last public change.
   */
  public JsonNode item(String type, String id, String text) {
    record Change(long revision, Instant committedAt) {}
    Change last =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        """
                        select r.revision, r.committed_at
                        from public_change p join revision r on r.revision = p.revision
                        where p.type = :type and p.id = :id order by r.revision desc limit 1
                        """)
                    .bind("type", type)
                    .bind("id", id)
                    .map(
                        (row, context) ->
                            new Change(row.getLong(1), row.getTimestamp(2).toInstant()))
                    .one());
    return parsed(
        text.replace("$revision", Long.toString(last.revision()))
            .replace("$updatedAt", last.committedAt().toString())
            .replace("$day", last.committedAt().atZone(PARIS).toLocalDate().toString()));
  }

  /** The body of an answer, to compare with {@link #item}. */
  public static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
