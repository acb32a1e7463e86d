package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sectors as they are written one by one. The slug is the code that all else refers to. */
@Singleton
class SectorEditing implements Editable {
  private static final String TYPE = "sector";
  private static final int MOST_CODES = 500;
  private static final Comparator<JsonNode> AS_DOCUMENTS_HAVE_THEM =
      Comparator.comparing((JsonNode naf) -> naf.path("nomenclature").asText())
          .reversed()
          .thenComparing(naf -> naf.path("code").asText());

  private static final List<Field> FIELDS =
      List.of(
          Field.column("slug", Who.MAKER, "slug", Readings.text(Values::slug))
              .mandatory()
              .keptWithout(),
          Field.column("label", Who.TEAM, "", Readings.everyLanguage(Texts.line(200)))
              .mandatory()
              .with(Readings.LANGUAGES)
              .kept(
                  (label, row) -> {
                    row.set("label_fr", label.get("fr"));
                    row.set("label_en", label.get("en"));
                  }),
          Field.column("naf", Who.TEAM, "", SectorEditing::naf)
              .emptyAs(JsonNodeFactory.instance.arrayNode())
              .kept((naf, row) -> row.then((database, slug) -> writeNaf(database, slug, naf))));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "sector_document";
  }

  @Override
  public String path() {
    return "/v1/sectors";
  }

  @Override
  public List<Field> fields() {
    return FIELDS;
  }

  @Override
  public ObjectNode edit(Stored item) {
    ObjectNode edit = JsonBody.emptyObject();
    FIELDS.forEach(field -> edit.set(field.name(), item.document().path(field.name())));
    return edit;
  }

  @Override
  public Row row() {
    return new Row(TYPE, "slug");
  }

  @Override
  public Optional<String> find(Handle database, String ref, String lock) {
    return database
        .createQuery("select slug from sector where slug = :ref " + lock)
        .bind("ref", ref.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne();
  }

  private static @Nullable JsonNode naf(JsonBody body, String name, Codes codes) {
    JsonBody items = body.items(name, MOST_CODES);
    if (items == null) {
      return null;
    }
    List<JsonNode> read = new ArrayList<>();
    for (String place : items.names()) {
      items.required(place);
      JsonNode naf = Readings.naf(items, place, codes);
      if (naf != null && !read.contains(naf)) {
        read.add(naf);
      }
    }
    read.sort(AS_DOCUMENTS_HAVE_THEM);
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    return sorted.addAll(read);
  }

  private static void writeNaf(Handle database, String slug, JsonNode naf) {
    database
        .createUpdate(
            """
            delete from sector_naf s where s.sector = :slug and not exists (
              select from jsonb_to_recordset(:naf::jsonb) w (nomenclature text, code text)
              where w.nomenclature = s.nomenclature and w.code = s.code)
            """)
        .bind("slug", slug)
        .bind("naf", naf.toString())
        .execute();
    database
        .createUpdate(
            """
            insert into sector_naf (sector, nomenclature, code)
            select :slug, w.nomenclature, w.code
            from jsonb_to_recordset(:naf::jsonb) w (nomenclature text, code text) on conflict do nothing
            """)
        .bind("slug", slug)
        .bind("naf", naf.toString())
        .execute();
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String slug = String.valueOf(Json.text(after, "slug"));
    if (!row.insert(database, slug, "slug")) {
      Text taken = new Text("Ce slug est déjà pris.", "This slug is already taken.");
      throw new ProblemException(
          ProblemType.CONFLICT, taken, List.of(FieldError.at("/slug", "taken", taken)));
    }
    return slug;
  }

  @Override
  public void delete(Handle database, String slug) {
    long companies = count(database, "company_sector", slug);
    long factories = count(database, "factory_sector", slug);
    if (companies + factories > 0) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
                  "Ce secteur est celui de %d entreprise(s) et de %d Factory(s) : donnez-leur-en un autre d'abord.",
                  "%d companies and %d Factories have this sector: give them another one first.")
              .with(companies, factories));
    }
    boolean named =
        database
            .createQuery(
                """
                select exists (select from cluster
                  where jsonb_path_exists(document -> 'strengths', '$.**.slug ? (@ == $slug)', jsonb_build_object('slug', :slug::text))
                    or jsonb_path_exists(document -> 'otherSectors', '$.**.slug ? (@ == $slug)', jsonb_build_object('slug', :slug::text)))
                """)
            .bind("slug", slug)
            .mapTo(Boolean.class)
            .one();
    if (named) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Le cluster nomme ce secteur (strengths, otherSectors).",
              "The cluster names this sector (strengths, otherSectors)."));
    }
    database.execute("delete from sector where slug = ?", slug);
  }

  private static long count(Handle database, String table, String slug) {
    return database
        .createQuery("select count(*) from " + table + " where sector = :slug")
        .bind("slug", slug)
        .mapTo(Long.class)
        .one();
  }
}
