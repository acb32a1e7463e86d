package fr.digital113.directory.factories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who led a Factory, by the names that companies have in a snapshot. A company that is not public
 * there is left out.
 */
final class LeadTerms {
  private static final Comparator<Term> NEWEST_FIRST =
      Comparator.comparing(Term::since)
          .thenComparing(Term::until, Comparator.nullsLast(Comparator.naturalOrder()))
          .reversed()
          .thenComparing(term -> term.company().id());

  private final Snapshot snapshot;
  private final ObjectMapper mapper;

  LeadTerms(Snapshot snapshot, ObjectMapper mapper) {
    this.snapshot = snapshot;
    this.mapper = mapper;
  }

  /**
   * One company and its time.
   *
   * @param since the first day
   * @param until the first day after it; null for a lead of today
   */
  record Term(FactoryView.Company company, String since, @Nullable String until) {}

  /** Everybody that leads or has led a Factory, by its document, the newest first. */
  List<Term> of(JsonNode factory) {
    List<Term> terms = new ArrayList<>();
    for (String member : List.of("leads", "formerLeads")) {
      for (JsonNode term : factory.path(member)) {
        FactoryView.Company company = company(term.path("company").asText());
        if (company != null) {
          terms.add(new Term(company, term.path("since").asText(), Json.text(term, "until")));
        }
      }
    }
    terms.sort(NEWEST_FIRST);
    return terms;
  }

  /** A company as others name it; null when it is not public. */
  FactoryView.@Nullable Company company(String id) {
    JsonNode company = Items.source(snapshot, "company", id, mapper);
    return company == null
        ? null
        : new FactoryView.Company(id, company.path("slug").asText(), company.path("name").asText());
  }
}
