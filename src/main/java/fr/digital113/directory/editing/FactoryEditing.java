package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Factories as they are written one by one. */
@Singleton
class FactoryEditing implements Editable {
  private static final String TYPE = "factory";
  private static final int LEADS_WHILE_ACTIVE = 2;
  private static final ItemSlugs SLUGS =
      new ItemSlugs(
          TYPE,
          new Text(
              "Ce slug est, ou était, celui d'une autre Factory.",
              "This slug is, or was, that of another Factory."));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "factory_document";
  }

  @Override
  public String path() {
    return "/v1/factories";
  }

  @Override
  public List<Field> fields() {
    return FactoryFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return FactoryFields.edit(item);
  }

  /** Whoever writes that it is active gives two leads; see {@link #complete} for who does not. */
  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    if (lacksLeads(edit) && edit.named().contains(FactoryFields.STATUS)) {
      body.error(
          FactoryFields.STATUS,
          "factory_two_leads",
          new Text(
              "Une Factory active est pilotée par deux entreprises membres.",
              "An active Factory is led by two member companies."));
    }
  }

  private static boolean lacksLeads(Edit edit) {
    return FactoryFields.ACTIVE.equals(edit.after().path(FactoryFields.STATUS).asText())
        && edit.after().path(FactoryFields.LEADS).size() != LEADS_WHILE_ACTIVE;
  }

  @Override
  public void checkStored(Handle database, String id, Edit edit) {
    if (edit.changes("slug")) {
      SLUGS.refuseFormer(database, id, edit.after().path("slug").textValue());
    }
    if (edit.changes(FactoryFields.LEADS)) {
      FactoryLeads.checkTerms(database, id, edit.after().path(FactoryFields.LEADS));
    }
  }

  /** An active Factory that loses a lead needs one: the same as when the lead's company leaves. */
  @Override
  public void complete(Edit edit, Row row) {
    if (lacksLeads(edit) && edit.changes(FactoryFields.LEADS)) {
      row.set(FactoryFields.STATUS, "needs_lead");
    }
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String made = Slugs.of(after.path("name").textValue());
    String base = made.isEmpty() ? TYPE : Slugs.isReference(made) ? TYPE + "-" + made : made;
    return SLUGS.insert(database, after, row, base);
  }

  @Override
  public void delete(Handle database, String id) {
    boolean led =
        database
            .createQuery("select exists (select from factory_lead where factory = :id::uuid)")
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (led) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "La Factory a été pilotée, ce qui reste : fermez-la (status: closed).",
              "The Factory has been led, which stays: close it (status: closed)."));
    }
    boolean leadsInitiatives =
        database
            .createQuery("select exists (select from initiative where factory = :id::uuid)")
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (leadsInitiatives) {
      throw new ProblemException(ProblemType.CONFLICT, Refusals.HAS_INITIATIVES);
    }
    database.execute("delete from factory where id = ?::uuid", id);
  }

  @Override
  public boolean isOwn(Handle database, Caller caller, Stored item) {
    for (JsonNode lead : item.document().path(FactoryFields.LEADS)) {
      if (lead.path("company").asText().equals(String.valueOf(caller.company()))) {
        return true;
      }
    }
    return false;
  }
}
