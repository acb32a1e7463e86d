package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.editing.Codes.Company;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a Factory. A company comes in as a published member: whoever is added is seen
 * by everybody, and a draft must not be found out by naming it. Who takes part already may stay,
 * hidden or former as it may be since.
 */
final class FactoryParticipants implements Field.Reading {
  private static final int MOST = 1_000;
  static final Text UNKNOWN =
      new Text(
          "Aucune entreprise membre et publiée n'a cet identifiant ou ce slug.",
          "No published member company has this id or slug.");

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    List<String> refs = body.texts(name, MOST);
    if (refs == null) {
      return null;
    }
    List<String> already = Json.texts(before);
    Map<String, Company> companies = codes.companies(refs);
    TreeSet<String> ids = new TreeSet<>(); // as documents have them
    for (int i = 0; i < refs.size(); i++) {
      Company company = companies.get(refs.get(i).toLowerCase(Locale.ROOT));
      if (company != null
          && (company.published() && company.member() || already.contains(company.id()))) {
        ids.add(company.id());
      } else {
        body.error(name + "/" + i, "unknown_company", UNKNOWN);
      }
    }
    ArrayNode read = JsonNodeFactory.instance.arrayNode();
    ids.forEach(read::add);
    return read;
  }

  static void write(Handle database, String factory, List<String> companies) {
    database
        .createUpdate(
            "delete from factory_participant where factory = :id::uuid and company <> all(:companies::uuid[])")
        .bind("id", factory)
        .bindArray("companies", String.class, companies)
        .execute();
    database
        .createUpdate(
            """
            insert into factory_participant (factory, company)
            select :id::uuid, company from unnest(:companies::uuid[]) company on conflict do nothing
            """)
        .bind("id", factory)
        .bindArray("companies", String.class, companies)
        .execute();
  }
}
