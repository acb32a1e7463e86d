package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Codes.Company;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who presents a plan in a workshop, in this order: {@code {"company", "subject",
 * "targetMarkets"}}. That they take part is a rule of {@link #checkParticipants}.
 */
final class WorkshopPresenters implements Field.Reading {
  private static final String COMPANY = "company";
  private static final String SUBJECT = "subject";
  private static final String TARGET_MARKETS = "targetMarkets";
  private static final int MOST = 50;
  private static final int MOST_COUNTRIES = 300;
  private static final int LONGEST_SUBJECT = 2_000;
  private static final Field.Reading COUNTRIES =
      Readings.codes(MOST_COUNTRIES, (text, codes) -> Values.country(text));

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    JsonBody presenters = body.items(name, MOST);
    if (presenters == null) {
      return null;
    }
    ArrayNode read = JsonNodeFactory.instance.arrayNode();
    Set<String> companies = new HashSet<>();
    for (String place : presenters.names()) {
      presenters.required(place);
      JsonBody presenter = presenters.object(place);
      if (presenter != null) {
        JsonNode one = presenter(presenter, codes, companies);
        if (one != null) {
          read.add(one);
        }
      }
    }
    return read;
  }

  private static @Nullable JsonNode presenter(JsonBody body, Codes codes, Set<String> companies) {
    body.required(COMPANY);
    body.required(SUBJECT);
    String company = company(body, codes);
    String subject =
        Parser.parsed(body, SUBJECT, body.text(SUBJECT), Texts.paragraphs(LONGEST_SUBJECT));
    JsonNode markets =
        body.node(TARGET_MARKETS) == null
            ? JsonNodeFactory.instance.arrayNode()
            : COUNTRIES.read(body, TARGET_MARKETS, codes);
    if (company == null || subject == null || markets == null) {
      return null;
    }
    if (!companies.add(company)) {
      body.error(
          COMPANY,
          "repeated",
          new Text(
              "Cette entreprise est déjà dans la liste.", "This company is in the list already."));
      return null;
    }
    ObjectNode presenter = JsonNodeFactory.instance.objectNode();
    return presenter
        .put(COMPANY, company)
        .put(SUBJECT, subject)
        .<ObjectNode>set(TARGET_MARKETS, markets);
  }

  private static @Nullable String company(JsonBody body, Codes codes) {
    String ref = body.text(COMPANY);
    if (ref == null) {
      return null;
    }
    Company company = codes.companies(List.of(ref)).get(ref.toLowerCase(Locale.ROOT));
    if (company == null) {
      body.error(
          COMPANY,
          "unknown_company",
          new Text(
              "Aucune entreprise n'a cet identifiant ou ce slug.",
              "No company has this id or slug."));
      return null;
    }
    return company.id();
  }

  /** Notes presenters that are not among those who take part. */
  static void checkParticipants(JsonNode presenters, List<String> participants, JsonBody body) {
    for (int i = 0; i < presenters.size(); i++) {
      if (!participants.contains(presenters.path(i).path(COMPANY).asText())) {
        body.error(
            "presenters/" + i + "/" + COMPANY,
            "not_participant",
            new Text(
                "Qui présente un plan participe : nommez l'entreprise dans « participants ».",
                "Who presents a plan takes part: name the company in \"participants\"."));
      }
    }
  }

  static List<String> companies(JsonNode presenters) {
    return presenters.findValuesAsText(COMPANY);
  }

  /** Those that stay keep their rows, and with them what was said of them. */
  static void write(Handle database, String workshop, JsonNode presenters) {
    database
        .createUpdate(
            "delete from workshop_presenter where workshop = :id::uuid and company <> all(:companies::uuid[])")
        .bind("id", workshop)
        .bindArray("companies", String.class, companies(presenters))
        .execute();
    database
        .createUpdate(
            """
            insert into workshop_presenter as p (workshop, company, position, subject, target_markets)
            select :id::uuid, (w.presenter ->> 'company')::uuid, w.position, w.presenter ->> 'subject',
              array(select jsonb_array_elements_text(w.presenter -> 'targetMarkets'))
            from jsonb_array_elements(:presenters::jsonb) with ordinality w (presenter, position)
            on conflict (workshop, company) do update
              set (position, subject, target_markets) = (excluded.position, excluded.subject, excluded.target_markets)
              where (p.position, p.subject, p.target_markets)
                is distinct from (excluded.position, excluded.subject, excluded.target_markets)
            """)
        .bind("id", workshop)
        .bind("presenters", presenters.toString())
        .execute();
  }
}
