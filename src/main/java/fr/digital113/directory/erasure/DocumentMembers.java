package fr.digital113.directory.erasure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which members of each type's documents hold what people write, and what an erasure does with
 * them. All else is a code, which leads somewhere and is never changed: a commune may be called as
 * a person is. The representations in the index have the same members, and texts of other items.
 */
final class DocumentMembers {
  /** What becomes of a member in which something of a person is found. */
  enum Kind {
    /** A code, a number, a day, a name of reference data: not searched. */
    CODE,
    /** Free text, in one language or several: what is found is replaced by {@link Finder#MASK}. */
    TEXT,
    /** One value, such as an e-mail address: null takes its place. */
    VALUE,
    /** One value of a list or of an object: it goes. */
    ELEMENT,
    /** Names somebody in a list of people: the entry goes with all that it says. */
    PERSON,
    /** Names the item in paths: what the table gets as well takes its place. */
    SLUG,
    /** An address that must be there: that of the open licence takes its place. */
    LICENCE,
    /**
     * Where a key may be used from: {@link #NOWHERE} takes its place, as none would be anywhere.
     */
    ORIGIN
  }

  /** A site that nobody can have. */
  static final String NOWHERE = "https://erased.invalid";

  static final String LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

  /**
   * Of each type, by path; {@code *} stands for each element. What is below is of the same kind.
   */
  private static final Map<String, Members> TYPES =
      Map.ofEntries(
          Map.entry(
              "territory",
              new Members("")
                  .are(Kind.CODE, "code level slug name epciType population latitude longitude")
                  .are(Kind.CODE, "postalCodes frenchTech funder namedPlace formerCodes within")),
          Map.entry("sector", new Members("").are(Kind.CODE, "slug naf").are(Kind.TEXT, "label")),
          Map.entry(
              "company",
              new Members("entreprise-")
                  .are(Kind.SLUG, "slug")
                  .are(Kind.ELEMENT, "formerSlugs.* social.*")
                  .are(Kind.TEXT, "name legalName description address")
                  .are(Kind.VALUE, "website email phone logo")
                  .are(
                      Kind.CODE,
                      "siren siret commune postalCode latitude longitude location sectors")
                  .are(Kind.CODE, "naf nafNomenclature foundedYear headcount sizeClass hiring")
                  .are(
                      Kind.CODE,
                      "exportMarkets membership memberships factories publication source")
                  .are(Kind.CODE, "sourceDate personalContact")
                  .are(Kind.TEXT, "sectors.*.label factories.*.name factories.*.slug")
                  .suggested()),
          Map.entry(
              "factory",
              new Members("factory-")
                  .are(Kind.SLUG, "slug")
                  .are(Kind.ELEMENT, "formerSlugs.*")
                  .are(Kind.TEXT, "name mission")
                  .are(Kind.CODE, "sectors status leads formerLeads participants")
                  .are(Kind.TEXT, "sectors.*.label leads.*.company.name leads.*.company.slug")
                  .suggested()),
          Map.entry("cluster", cluster()),
          Map.entry(
              "partner",
              new Members("")
                  .are(Kind.TEXT, "name")
                  .are(Kind.VALUE, "contact")
                  .are(Kind.CODE, "plan")),
          Map.entry(
              "api_key",
              new Members("")
                  .are(Kind.TEXT, "label")
                  .are(Kind.ORIGIN, "origins.*")
                  .are(Kind.CODE, "partner roles prefix origins createdAt expiresAt revokedAt")),
          Map.entry(
              "vintage",
              new Members("")
                  .are(Kind.CODE, "asOf correction status publishedAt checksum content")
                  .are(Kind.CODE, "replaces citation href tables")),
          Map.entry("meeting", meeting()),
          Map.entry(
              "initiative",
              new Members("initiative-")
                  .are(Kind.SLUG, "slug")
                  .are(Kind.ELEMENT, "formerSlugs.*")
                  .are(Kind.TEXT, "title summary outcome partners.*.name factory.name factory.slug")
                  .are(Kind.VALUE, "partners.*.url")
                  .are(Kind.CODE, "kind status factory partners.*.company startedOn endedOn")
                  .are(Kind.CODE, "publication")
                  .are(Kind.TEXT, "partners.*.company.name partners.*.company.slug")
                  .suggested()),
          Map.entry(
              "event",
              new Members("evenement-")
                  .are(Kind.SLUG, "slug")
                  .are(Kind.ELEMENT, "formerSlugs.*")
                  .are(Kind.TEXT, "title description places.*.name organiser organiser.name")
                  .are(Kind.VALUE, "link organiser.url")
                  .are(Kind.CODE, "start end timeZone uid status publication sequence")
                  .are(Kind.CODE, "places.*.commune places.*.latitude places.*.longitude")
                  .are(Kind.CODE, "places.*.location organiser")
                  .suggested()),
          Map.entry(
              "workshop",
              new Members("")
                  .are(Kind.TEXT, "subject place place.name presenters.*.subject")
                  .are(Kind.TEXT, "assessments.*.conclusion")
                  .are(Kind.CODE, "date start end timeZone uid status publication sequence")
                  .are(
                      Kind.CODE,
                      "place place.commune place.latitude place.longitude place.location")
                  .are(Kind.CODE, "participants participantCount targetMarkets")
                  .are(Kind.CODE, "presenters.*.company presenters.*.targetMarkets")
                  .are(Kind.CODE, "assessments.*.presenter assessments.*.assessor")
                  .are(Kind.CODE, "assessments.*.viability assessments.*.durability")
                  .are(Kind.TEXT, "presenters.*.company.name presenters.*.company.slug")
                  .are(Kind.TEXT, "participatingCompanies.*.name participatingCompanies.*.slug")
                  .are(Kind.TEXT, "assessments.*.presenter.name assessments.*.presenter.slug")
                  .are(Kind.TEXT, "assessments.*.assessor.name assessments.*.assessor.slug")),
          // Columns that are documents of their own,
          Map.entry("social", new Members("").are(Kind.ELEMENT, "*")),
          Map.entry("origins", new Members("").are(Kind.ORIGIN, "*")),
          Map.entry(
              "webhook",
              new Members("https://erased.invalid/")
                  .are(Kind.SLUG, "url")
                  .are(Kind.TEXT, "description parameters")
                  .are(Kind.CODE, "partner enabled reason rotatedAt")),
          Map.entry("parameters", new Members("").are(Kind.TEXT, "*")));

  private DocumentMembers() {}

  private static Members meeting() {
    Members members =
        new Members("")
            .are(Kind.CODE, "factory rule visibility publication sequence uid timeZone")
            .are(Kind.TEXT, "factory.name factory.slug")
            .are(Kind.CODE, "occurrences.*.recurrenceId");
    for (String where : new String[] {"", "occurrences.*."}) {
      members
          .are(Kind.TEXT, where + "title")
          .are(Kind.TEXT, where + "agenda")
          .are(Kind.TEXT, where + "place") // itself when it is null
          .are(Kind.TEXT, where + "place.name")
          .are(Kind.VALUE, where + "link")
          .are(Kind.VALUE, where + "minutes");
      for (String code : "start end status attendance place place.commune".split(" ", -1)) {
        members.are(Kind.CODE, where + code);
      }
      for (String code : "place.latitude place.longitude place.location".split(" ", -1)) {
        members.are(Kind.CODE, where + code);
      }
    }
    return members;
  }

  /** Places are those of the reference, and sectors are named by their slugs. */
  private static Members cluster() {
    return new Members("")
        .are(Kind.TEXT, "name nameOrigin description")
        .are(Kind.CODE, "slug areaServed dataSources")
        .are(Kind.CODE, "launch.date launch.places")
        .are(Kind.TEXT, "launch.description")
        .are(Kind.CODE, "history.*.code history.*.date")
        .are(Kind.TEXT, "history.*.description")
        .are(Kind.CODE, "predecessors.*.code predecessors.*.place predecessors.*.foundingDate")
        .are(Kind.CODE, "predecessors.*.dissolutionDate predecessors.*.merger")
        .are(Kind.TEXT, "predecessors.*.name predecessors.*.origin")
        .are(Kind.PERSON, "governance.*.name")
        .are(Kind.CODE, "governance.*.role.code governance.*.since governance.*.until")
        .are(Kind.CODE, "governance.*.consentedOn")
        .are(Kind.CODE, "governance.*.earlierRole.predecessor")
        .are(Kind.TEXT, "governance.*.role.label governance.*.earlierRole.label")
        .are(Kind.CODE, "offices.*.kind offices.*.place offices.*.since offices.*.until")
        .are(Kind.TEXT, "offices.*.label")
        .are(Kind.CODE, "means funders.*.territory")
        .are(Kind.CODE, "funders.*.since funders.*.until funders.*.years")
        .are(Kind.TEXT, "funders.*.name")
        .are(Kind.CODE, "membersAtLaunch.date membersAtLaunch.companies membersAtLaunch.jobs")
        .are(Kind.TEXT, "membersAtLaunch.regionalShare")
        .are(Kind.CODE, "objectives.*.code objectives.*.baseline objectives.*.baselineOn")
        .are(Kind.CODE, "objectives.*.target objectives.*.deadline objectives.*.current")
        .are(Kind.CODE, "objectives.*.since objectives.*.until")
        .are(Kind.TEXT, "objectives.*.label objectives.*.unit territories.aim")
        .are(Kind.CODE, "territories.places strengths.*.place")
        .are(Kind.CODE, "strengths.*.sectors.*.slug otherSectors.*.slug")
        .are(Kind.TEXT, "strengths.*.sectors.*.label otherSectors.*.label")
        .are(Kind.CODE, "factories.count workshops.origin.predecessor")
        .are(Kind.TEXT, "factories.description workshops.name workshops.description")
        .are(Kind.TEXT, "workshops.origin.description")
        .are(Kind.CODE, "referenceFigures.*.code referenceFigures.*.value referenceFigures.*.date")
        .are(Kind.TEXT, "referenceFigures.*.label referenceFigures.*.source")
        .are(Kind.TEXT, "licence.name licence.appliesTo")
        .are(Kind.LICENCE, "licence.url");
  }

  /**
   * The members of a type.
   *
   * @throws NullPointerException for a type that nobody has classified
   */
  static Members of(String type) {
    return Objects.requireNonNull(TYPES.get(type), type);
  }

  /** The members of one type. */
  static final class Members {
    private final Map<String, Kind> kinds = new HashMap<>();
    private final String slugs;

    /**
     * @param slugs how a slug begins that takes the place of another, as in {@link Places}
     */
    private Members(String slugs) {
      this.slugs = slugs;
    }

    private Members are(Kind kind, String paths) {
      for (String path : paths.split(" ", -1)) {
        kinds.put(path, kind);
      }
      return this;
    }

    /** What the index suggests of an item. */
    private Members suggested() {
      return are(Kind.SLUG, "ref").are(Kind.TEXT, "label").are(Kind.CODE, "detail type");
    }

    /** What is said of the very path; null when that is nothing. */
    @Nullable Kind kind(String path) {
      return kinds.get(path);
    }

    /** Whether people write anything of it. */
    boolean areWritten() {
      return kinds.values().stream().anyMatch(kind -> kind != Kind.CODE);
    }

    /** The slug of an item whose own slug names the person. */
    String slug(String id) {
      return slugs + id.substring(Math.max(0, id.length() - 12));
    }
  }
}
