package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.values.CompanySlugs;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Companies as they are written one by one. */
@Singleton
class CompanyEditing implements Editable {
  static final String TYPE = "company";

  private static final Text TAKEN =
      new Text(
          "Ce slug est, ou était, celui d'une autre entreprise.",
          "This slug is, or was, that of another company.");

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
  public Row row() {
    return new Row(TYPE, "id");
  }

  @Override
  public Optional<String> lock(Handle database, String ref) {
    return find(database, ref, "for update");
  }

  @Override
  public Optional<String> find(Handle database, String ref) {
    return find(database, ref, "");
  }

  private static Optional<String> find(Handle database, String ref, String lock) {
    return database
        .createQuery(
            """
            select id::text from company
            where id::text = :ref or slug = :ref or siren = :ref or siret = :ref order by id limit 1
            """
                + lock)
        .bind("ref", ref.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public void checkTogether(ObjectNode after, Set<String> changed, JsonBody body, Codes codes) {
    String siren = Json.text(after, "siren");
    String siret = Json.text(after, "siret");
    if (siren != null && siret != null && !siret.startsWith(siren)) {
      body.error(
          changed.contains("siret") ? "siret" : "siren",
          "siret_of_another_siren",
          new Text(
              "Le SIRET ne commence pas par le SIREN.",
              "The SIRET does not start with the SIREN."));
    }
    JsonNode headcount = after.path("headcount");
    if (changed.contains("sizeClass")
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
  public void checkStored(Handle database, String id, ObjectNode after, Set<String> changed) {
    if (changed.contains("slug")) {
      refuseTaken(database, id, after.path("slug").textValue());
    }
  }

  /** Somebody else's address still leads there. */
  private static void refuseTaken(Handle database, String id, String slug) {
    boolean taken =
        database
            .createQuery(
                "select exists (select from company_former_slug where slug = :slug and company::text <> :id)")
            .bind("slug", slug)
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (taken) {
      throw new ProblemException(
          ProblemType.CONFLICT, TAKEN, List.of(FieldError.at("/slug", "taken", TAKEN)));
    }
  }

  /** What the register alone knew is kept by the cluster from now on. */
  @Override
  public void complete(Row row) {
    row.set("source", "cluster");
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    String slug = Json.text(after, "slug");
    if (slug != null) {
      refuseTaken(database, id, slug);
      if (!row.insert(database, id, "slug")) {
        throw new ProblemException(
            ProblemType.CONFLICT, TAKEN, List.of(FieldError.at("/slug", "taken", TAKEN)));
      }
      return id;
    }
    String base = CompanySlugs.base(after.path("name").textValue(), "entreprise");
    Set<String> taken = taken(database, base);
    // Somebody else may take a free one first; then the next is tried.
    for (int number = 1; ; number++) {
      String free = number == 1 ? base : base + "-" + number;
      if (!taken.contains(free)) {
        row.set("slug", free);
        if (row.insert(database, id, "slug")) {
          return id;
        }
      }
    }
  }

  private static Set<String> taken(Handle database, String base) {
    return new HashSet<>(
        database
            .createQuery(
                """
                select slug from (select slug from company union select slug from company_former_slug) s
                where slug = :base or slug like :base || '-%'
                """)
            .bind("base", base)
            .mapTo(String.class)
            .list());
  }

  @Override
  public void delete(Handle database, String id) {
    database.execute("delete from company where id::text = ?", id);
  }

  @Override
  public boolean isOwn(Caller caller, Stored item) {
    return item.id().equals(String.valueOf(caller.company()));
  }
}
