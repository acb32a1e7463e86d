package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Events as the team writes them one by one. */
@Singleton
class EventEditing implements Editable {
  private static final String TYPE = "event";
  private static final String SLUGS_BEGIN = "evenement";
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final ItemSlugs SLUGS =
      new ItemSlugs(
          TYPE,
          new Text(
              "Ce slug est, ou était, celui d'un autre événement.",
              "This slug is, or was, that of another event."));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "event_document";
  }

  @Override
  public String path() {
    return "/v1/events";
  }

  @Override
  public List<Field> fields() {
    return EventFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return EventFields.edit(item);
  }

  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    Times.check(edit.after(), body, "", LONGEST);
  }

  @Override
  public void checkStored(Handle database, String id, Edit edit) {
    if (edit.changes(EventFields.SLUG)) {
      SLUGS.refuseFormer(database, id, edit.after().path(EventFields.SLUG).textValue());
    }
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    JsonNode title = after.path(EventFields.TITLE);
    String made = Slugs.of(title.path("fr").asText(title.path("en").asText()));
    String base =
        made.isEmpty() ? SLUGS_BEGIN : Slugs.isReference(made) ? SLUGS_BEGIN + "-" + made : made;
    return SLUGS.insert(database, after, row, base);
  }

  @Override
  public void delete(Handle database, String id) {
    database.execute("delete from event where id = ?::uuid", id);
  }
}
