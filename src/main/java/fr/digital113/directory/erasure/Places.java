package fr.digital113.directory.erasure;

import java.util.ArrayList;
import java.util.List;

/**
 * Every column of the database that could hold a text, and what an erasure does with it. Whoever
 * adds such a column adds it here: PlacesTest compares this list with the schema. Tables of what
 * was are after those of what is, as the log is rewritten once it holds the last change.
 */
final class Places {
  /** The content, and what waits beside it. */
  static final List<Place> CONTENT =
      new Table("company")
          .slug("slug", "'entreprise-' || right(id::text, 12)")
          .are(Treatment.TEXT, "name", "legal_name", "description_fr", "description_en", "address")
          .value("email", "personal_contact")
          .value("phone", "personal_contact")
          .are(Treatment.VALUE, "website", "logo")
          .document("social", "'social:'")
          .codes("siren", "siret", "commune", "postal_code", "naf", "naf_nomenclature")
          .codes("size_class", "export_markets", "publication", "source", "personal_contact")
          .and("company_former_slug")
          .are(Treatment.ROW, "slug")
          .and("company_sector")
          .codes("sector")
          .and("company_state")
          .codes("commune", "size_class", "sectors")
          .and("membership")
          .codes("origin")
          .and("factory")
          .slug("slug", "'factory-' || right(id::text, 12)")
          .are(Treatment.TEXT, "name", "mission_fr", "mission_en")
          .codes("status")
          .and("factory_former_slug")
          .are(Treatment.ROW, "slug")
          .and("factory_sector")
          .codes("sector")
          .and("sector")
          .codes("slug") // a subject, not somebody
          .are(Treatment.TEXT, "label_fr", "label_en")
          .and("cluster")
          .codes("slug")
          .are(Treatment.TEXT, "name")
          .document("document", "'cluster:'")
          .and("vintage") // of figures and names of subjects and places; the report of ids
          .codes("id", "status", "content", "checksum", "report")
          .and("vintage_company")
          .codes("vintage", "departements", "epcis", "named_places", "size_class", "sectors")
          .codes("origin")
          .and("confidential_read")
          .are(Treatment.ACTOR, "actor")
          .are(Treatment.TEXT, "request")
          .and("meeting")
          .are(Treatment.TEXT, "title_fr", "title_en", "agenda_fr", "agenda_en", "place")
          .are(Treatment.VALUE, "link", "minutes")
          .codes("rule", "commune", "visibility", "status", "publication")
          .and("meeting_occurrence")
          .are(Treatment.TEXT, "title_fr", "title_en", "agenda_fr", "agenda_en", "place")
          .are(Treatment.VALUE, "link", "minutes")
          .codes("recurrence_id", "commune", "status")
          .and("meeting_attendance")
          .codes("recurrence_id")
          .and("initiative")
          .slug("slug", "'initiative-' || right(id::text, 12)")
          .are(Treatment.TEXT, "title_fr", "title_en", "summary_fr", "summary_en")
          .are(Treatment.TEXT, "outcome_fr", "outcome_en")
          .codes("kind", "status", "publication")
          .and("initiative_former_slug")
          .are(Treatment.ROW, "slug")
          .and("initiative_partner")
          .are(Treatment.TEXT, "name")
          .are(Treatment.VALUE, "url")
          .and("event")
          .slug("slug", "'evenement-' || right(id::text, 12)")
          .are(Treatment.TEXT, "title_fr", "title_en", "description_fr", "description_en")
          .are(Treatment.TEXT, "organiser")
          .are(Treatment.VALUE, "link", "organiser_url")
          .codes("status", "publication")
          .and("event_former_slug")
          .are(Treatment.ROW, "slug")
          .and("event_place")
          .are(Treatment.TEXT, "place")
          .codes("commune")
          .and("workshop")
          .are(Treatment.TEXT, "subject_fr", "subject_en", "place")
          .codes("commune", "status", "publication")
          .and("workshop_presenter")
          .are(Treatment.TEXT, "subject")
          .codes("target_markets")
          .and("workshop_assessment")
          .are(Treatment.TEXT, "viability_conclusion", "durability_conclusion")
          .and("participation_request")
          .are(Treatment.TEXT, "message", "reason")
          .are(Treatment.ACTOR, "actor", "decided_by")
          .codes("status")
          .and("calendar_subscription")
          .are(Treatment.ROW, "actor")
          .are(Treatment.TEXT, "label")
          .codes("token_hash")
          .and("factory_state")
          .codes("status", "first_status")
          .and("partner")
          .are(Treatment.ACTOR, "name") // stays unique
          .are(Treatment.VALUE, "contact")
          .codes("plan")
          .and("api_key")
          .are(Treatment.TEXT, "label")
          .are(Treatment.LIST, "origins")
          .codes("name", "roles", "prefix", "key_hash")
          .and("webhook")
          .slug("url", "'https://erased.invalid/' || right(id::text, 12)") // nobody has such a name
          .are(Treatment.TEXT, "description")
          .document("parameters", "'parameters:'")
          .codes("reason")
          .and("proposal")
          .document("before", "'company:'")
          .document("after", "'company:'")
          .are(Treatment.TEXT, "reason")
          .are(Treatment.ACTOR, "actor", "decided_by")
          .codes("topic", "status")
          .and("idempotency_key")
          .are(Treatment.ROW, "actor", "target", "key")
          .codes("body_hash", "item")
          .and("import_job")
          .are(Treatment.TEXT, "file_name", "failure_fr", "failure_en")
          .are(Treatment.ACTOR, "actor")
          .codes("kind", "status")
          .and("import_report_row")
          .are(Treatment.TEXT, "value", "reason_fr", "reason_en", "column_name")
          .codes("outcome", "code")
          .and("register_unit")
          .slug("slug", "'unite-' || siren")
          .are(Treatment.TEXT, "name", "legal_name")
          .document("filled", "'company:'")
          .codes("siren", "naf", "naf_2025", "size_class", "head_nic")
          .and("register_establishment")
          .are(Treatment.TEXT, "address")
          .codes("siret", "siren", "commune", "postal_code")
          .and("personal_erasure")
          .are(Treatment.ACTOR, "actor")
          .codes("reason", "terms", "places")
          .places;

  /** The change log. */
  static final List<Place> LOG =
      new Table("audit_image")
          .document("document", "type || ':' || id")
          .codes("type", "id")
          .and("public_change")
          .document("document", "type || ':' || id")
          .codes("type", "id")
          .and("revision")
          .are(Treatment.ACTOR, "actor")
          .places;

  /** Reference data, and what the program notes for itself: nobody can be in there. */
  static final List<Place> OTHERS =
      new Table("size_class")
          .codes("code", "label_fr", "label_en")
          .and("naf")
          .codes("nomenclature", "code", "label")
          .and("sector_naf")
          .codes("sector", "nomenclature", "code")
          .and("territory")
          .codes("code", "level", "slug", "name", "epci_type", "postal_codes")
          .and("territory_within")
          .codes("territory", "container")
          .and("former_commune")
          .codes("code", "name", "kind", "current")
          .and("reference_vintage")
          .codes("name", "vintage", "checksum")
          .and("aggregate_type")
          .codes("type")
          .and("touched")
          .codes("type", "id")
          .and("erasure")
          .codes("type", "id", "keys")
          .and("webhook_secret")
          .codes("secret", "former")
          .and("webhook_progress")
          .codes("epoch", "place_type", "place_id")
          .and("webhook_delivery")
          .codes("event", "type", "error")
          .and("signing_key")
          .codes("secret")
          .and("flyway_schema_history")
          .codes("version", "description", "type", "script", "installed_by")
          .places;

  private Places() {}

  static List<Place> all() {
    List<Place> all = new ArrayList<>(CONTENT);
    all.addAll(LOG);
    all.addAll(OTHERS);
    return all;
  }

  /** The tables of some places that are searched, in their order. */
  static List<String> searchedTables(List<Place> places) {
    return places.stream()
        .filter(place -> place.treatment().isSearched())
        .map(Place::table)
        .distinct()
        .toList();
  }

  /** Writes the list. */
  private static final class Table {
    private final List<Place> places;
    private final String table;

    Table(String table) {
      this(table, new ArrayList<>());
    }

    private Table(String table, List<Place> places) {
      this.table = table;
      this.places = places;
    }

    Table and(String next) {
      return new Table(next, places);
    }

    Table are(Treatment treatment, String... columns) {
      for (String column : columns) {
        places.add(new Place(table, column, treatment, "", ""));
      }
      return this;
    }

    Table codes(String... columns) {
      return are(Treatment.CODE, columns);
    }

    Table slug(String column, String other) {
      places.add(new Place(table, column, Treatment.SLUG, other, ""));
      return this;
    }

    /** A document; the SQL says of which item, or with a type alone whose members it has. */
    Table document(String column, String item) {
      places.add(new Place(table, column, Treatment.JSON, item, ""));
      return this;
    }

    Table value(String column, String besides) {
      places.add(new Place(table, column, Treatment.VALUE, "", besides));
      return this;
    }
  }
}
