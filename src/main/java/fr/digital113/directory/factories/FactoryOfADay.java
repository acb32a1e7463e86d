package fr.digital113.directory.factories;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.PastFactory;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.RawJson;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A Factory as it was on a day: its status, its leads and how many members took part. The database
 * knows; all else is as today.
 */
@Singleton
class FactoryOfADay {
  static final String AS_OF = "asOf";

  private final PastFactory past;
  private final ObjectMapper mapper;

  FactoryOfADay(PastFactory past, ObjectMapper mapper) {
    this.past = past;
    this.mapper = mapper;
  }

  Response respond(
      Exchange exchange, Snapshot snapshot, Items.Found found, LocalDate day, Shape shape) {
    return exchange.small(
        snapshot.versionOfThePast(),
        shape.representation(),
        () ->
            past.on(
                snapshot.position(),
                day,
                found.id(),
                exchange,
                facts -> new Content(shape.json(view(snapshot, found, day, facts)).utf8(), null)));
  }

  private RawJson view(
      Snapshot snapshot, Items.Found found, LocalDate day, PastFactory.Facts facts) {
    LeadTerms terms = new LeadTerms(snapshot, mapper);
    List<FactoryView.Lead> leads = new ArrayList<>();
    for (PastFactory.Lead lead : facts.leads()) {
      FactoryView.Company company = terms.company(lead.company());
      if (company != null) {
        leads.add(new FactoryView.Lead(company, lead.since()));
      }
    }
    try {
      ObjectNode view = (ObjectNode) mapper.readTree(found.body().utf8());
      view.put("status", facts.status());
      view.set("leads", mapper.valueToTree(leads));
      view.put("companies", facts.companies());
      view.put(AS_OF, day.toString());
      byte[] json = mapper.writeValueAsString(view).getBytes(StandardCharsets.UTF_8);
      return new RawJson(json, 0, json.length);
    } catch (IOException impossible) {
      throw new IllegalStateException("a representation that is not JSON", impossible);
    }
  }
}
