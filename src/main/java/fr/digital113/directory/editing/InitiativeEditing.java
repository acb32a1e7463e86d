package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Initiatives as they are written one by one, by the team and the leads of their Factory. */
@Singleton
class InitiativeEditing implements Editable {
  private static final String TYPE = "initiative";
  private static final ItemSlugs SLUGS =
      new ItemSlugs(
          TYPE,
          new Text(
              "Ce slug est, ou était, celui d'une autre initiative.",
              "This slug is, or was, that of another initiative."));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "initiative_document";
  }

  @Override
  public String path() {
    return "/v1/initiatives";
  }

  @Override
  public List<Field> fields() {
    return InitiativeFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return InitiativeFields.edit(item);
  }

  /**
   * The Factory first, so that its leads stay who they are until the write is done: a statement
   * that waits for a lock still sees what was before.
   */
  @Override
  public Optional<String> lock(Handle database, String ref) {
    database
        .createUpdate(
            """
            select from factory f where f.id in (
              select factory from initiative where id::text = :ref or slug = :ref) for share
            """)
        .bind("ref", ref.toLowerCase(Locale.ROOT))
        .execute();
    return find(database, ref, "for update");
  }

  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    InitiativeDates.check(edit.after(), body);
  }

  @Override
  public void checkStored(Handle database, String id, Edit edit) {
    if (edit.changes("slug")) {
      SLUGS.refuseFormer(database, id, edit.after().path("slug").textValue());
    }
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    JsonNode title = after.path("title");
    String french = Json.text(title, "fr");
    String made = Slugs.of(String.valueOf(french != null ? french : Json.text(title, "en")));
    String base = made.isEmpty() ? TYPE : Slugs.isReference(made) ? TYPE + "-" + made : made;
    return SLUGS.insert(database, after, row, base);
  }

  @Override
  public void delete(Handle database, String id) {
    database.execute("delete from initiative where id = ?::uuid", id);
  }

  @Override
  public boolean isOwn(Handle database, Caller caller, Stored item) {
    return FactoryLeads.areOf(
        database, caller, item.document().path(InitiativeFields.FACTORY).asText());
  }
}
