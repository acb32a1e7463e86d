package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Codes.Company;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in an initiative beside its Factory, in this order: {@code {"company"}} of the
 * directory, or {@code {"name", "url"}} of an organisation outside of it. As for Factories, a
 * company comes in as a published member, and may stay as whatever it becomes.
 */
final class InitiativePartners implements Field.Reading {
  private static final int MOST = 100;
  private static final int LONGEST_NAME = 200;
  private static final String COMPANY = "company";
  private static final String NAME = "name";
  private static final String URL = "url";

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonBody partners = body.items(name, MOST);
    if (partners == null) {
      return null;
    }
    Set<String> already = new HashSet<>();
    before.forEach(partner -> already.add(partner.path(COMPANY).asText()));
    ArrayNode read = JsonNodeFactory.instance.arrayNode();
    Set<String> named = new HashSet<>();
    for (String place : partners.names()) {
      partners.required(place);
      JsonBody partner = partners.object(place);
      ObjectNode one = partner == null ? null : partner(partner, codes, already);
      if (partner == null || one == null) {
        continue;
      }
      boolean inside = one.has(COMPANY);
      if (!named.add(inside ? "#" + Json.text(one, COMPANY) : one.path(NAME).asText())) {
        partner.error(
            inside ? COMPANY : NAME,
            "repeated",
            new Text(
                "Ce partenaire est déjà dans la liste.", "This partner is in the list already."));
      }
      read.add(one);
    }
    return read;
  }

  private static @Nullable ObjectNode partner(JsonBody partner, Codes codes, Set<String> already) {
    String ref = partner.text(COMPANY);
    String name = Parser.parsed(partner, NAME, partner.text(NAME), Texts.line(LONGEST_NAME));
    String url = Parser.parsed(partner, URL, partner.text(URL), Texts::url);
    boolean outside = partner.node(NAME) != null;
    if (partner.node(COMPANY) != null && (outside || partner.node(URL) != null)) {
      partner.error(
          outside ? NAME : URL,
          "contradiction",
          new Text(
              "« company » nomme une entreprise de l'annuaire, qui dit elle-même son nom et son adresse.",
              "\"company\" names a company of the directory, which tells its name and address itself."));
      return null;
    }
    ObjectNode read = JsonBody.emptyObject();
    if (partner.node(COMPANY) == null) {
      partner.required(NAME);
      return name == null
          ? null
          : url == null ? read.put(NAME, name) : read.put(NAME, name).put(URL, url);
    }
    String id = ref == null ? null : company(partner, ref, codes, already);
    return id == null ? null : read.put(COMPANY, id);
  }

  private static @Nullable String company(
      JsonBody partner, String ref, Codes codes, Set<String> already) {
    Map<String, Company> found = codes.companies(List.of(ref));
    Company company = found.get(ref.toLowerCase(Locale.ROOT));
    if (company != null
        && (company.published() && company.member() || already.contains(company.id()))) {
      return company.id();
    }
    partner.error(COMPANY, "unknown_company", FactoryParticipants.UNKNOWN);
    return null;
  }

  static void write(Handle database, String initiative, JsonNode partners) {
    database.execute("delete from initiative_partner where initiative = ?::uuid", initiative);
    database
        .createUpdate(
            """
            insert into initiative_partner (initiative, position, company, name, url)
            select :id::uuid, p.position, (p.partner ->> 'company')::uuid, p.partner ->> 'name', p.partner ->> 'url'
            from jsonb_array_elements(:partners::jsonb) with ordinality p (partner, position)
            """)
        .bind("id", initiative)
        .bind("partners", partners.toString())
        .execute();
  }
}
