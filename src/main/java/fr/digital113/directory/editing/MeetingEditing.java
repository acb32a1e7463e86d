package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.JsonBody;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Meetings of Factories as they are written one by one, by the team and the Factory's leads. */
@Singleton
class MeetingEditing implements Editable {
  private static final String TYPE = "meeting";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "meeting_document";
  }

  @Override
  public String path() {
    return "/v1/meetings";
  }

  @Override
  public List<Field> fields() {
    return MeetingFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return MeetingFields.edit(item);
  }

  @Override
  public List<String> references() {
    return List.of("id::text");
  }

  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    MeetingRules.check(edit.after(), body);
  }

  @Override
  public void complete(Edit edit, Row row) {
    String factory = edit.after().path(MeetingFields.FACTORY).asText();
    row.then((database, id) -> MeetingRules.checkAll(database, factory));
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    row.insert(database, id, "id");
    return id;
  }

  @Override
  public void delete(Handle database, String id) {
    database.execute("delete from meeting where id = ?::uuid", id);
  }

  @Override
  public boolean isOwn(Handle database, Caller caller, Stored item) {
    return FactoryLeads.areOf(
        database, caller, item.document().path(MeetingFields.FACTORY).asText());
  }
}
