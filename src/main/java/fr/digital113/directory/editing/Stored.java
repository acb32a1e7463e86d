package fr.digital113.directory.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.web.Version;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An item as the database has it, confidential members included.
 *
 * @param document as the change log's view of its type writes it
 * @param version its last change, private ones included
 */
public record Stored(String id, JsonNode document, Version version) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int EPOCH_LENGTH = 8; // as ETags of the index have it

  /** Document and version of one moment, as they are one statement. */
  public static Optional<Stored> find(Handle database, String type, String view, String id) {
    return database
        .createQuery(
            """
            select d.document::text as document,
              coalesce((select max(a.revision) from audit_image a where a.type = :type and a.id = :id), 0) as revision,
              (select left(id::text, %d) from epoch) as epoch
            from %s d where d.id = :id
            """
                .formatted(EPOCH_LENGTH, view))
        .bind("type", type)
        .bind("id", id)
        .map(
            (row, context) ->
                new Stored(
                    id,
                    json(row.getString("document")),
                    new Version(row.getLong("revision"), row.getString("epoch"))))
        .findOne();
  }

  /** Whether everybody may see it. */
  boolean isPublic() {
    return document.path("publication").asText("published").equals("published");
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }
}
