package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.values.CompanySlugs;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Companies as they are written one by one. */
@Singleton
class CompanyEditing implements Editable {
  static final String TYPE = "company";

  private static final ItemSlugs SLUGS =
      new ItemSlugs(
          TYPE,
          new Text(
              "Ce slug est, ou était, celui d'une autre entreprise.",
              "This slug is, or was, that of another company."));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "company_document";
  }

  @Override
  public String path() {
    return "/v1/companies";
  }

  @Override
  public List<Field> fields() {
    return CompanyFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return CompanyFields.edit(item);
  }

  @Override
  public List<String> references() {
    return List.of("id::text", "slug", "siren", "siret");
  }

  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    ObjectNode after = edit.after();
    String siren = Json.text(after, "siren");
    String siret = Json.text(after, "siret");
    if (siren != null && siret != null && !siret.startsWith(siren)) {
      body.error(
          edit.changes("siret") ? "siret" : "siren",
          "siret_of_another_siren",
          new Text(
              "Le SIRET ne commence pas par le SIREN.",
              "The SIRET does not start with the SIREN."));
    }
    JsonNode headcount = after.path("headcount");
    if (edit.changes("sizeClass")
        && headcount.isInt()
        && !codes.known().fits(after.path("sizeClass").asText(), headcount.intValue())) {
      body.error(
          "sizeClass",
          "size_class_contradicts_headcount",
          new Text(
              "La tranche contredit l'effectif, dont elle découle.",
              "The size class contradicts the headcount, which it follows from."));
    }
  }

  @Override
  public void checkStored(Handle database, String id, Edit edit) {
    if (edit.changes("slug")) {
      SLUGS.refuseFormer(database, id, edit.after().path("slug").textValue());
    }
  }

  /** What the register alone knew is kept by the cluster from now on. */
  @Override
  public void complete(Edit edit, Row row) {
    row.set("source", "cluster");
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String base = CompanySlugs.base(after.path("name").textValue(), "entreprise");
    return SLUGS.insert(database, after, row, base);
  }

  @Override
  public void delete(Handle database, String id) {
    database.execute("delete from company where id::text = ?", id);
  }

  @Override
  public boolean isOwn(Handle database, Caller caller, Stored item) {
    return item.id().equals(String.valueOf(caller.company()));
  }
}
