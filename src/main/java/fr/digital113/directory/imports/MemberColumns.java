package fr.digital113.directory.imports;

import java.util.List;

/** The columns of the members file, and where each is kept. */
final class MemberColumns {

  /**
   * A column of table company that a file column sets.
   *
   * @param whenEmpty what an empty cell means, as SQL
   */
  record Field(String name, String sql, String type, String whenEmpty) {}

  static final List<Column> ALL =
      List.of(
          Column.of(
              "id",
              List.of("identifiant"),
              "Identifiant de l'annuaire (UUID). Laissez vide pour une nouvelle entreprise.",
              "Id in the directory (UUID). Leave empty for a new company."),
          Column.of(
              "slug",
              List.of(),
              "Nom dans l'adresse de la fiche ; vide : fait à partir du nom.",
              "Name in the address of the entry; empty: made from the name."),
          Column.of(
              "name",
              List.of("nom", "entreprise"),
              "Nom usuel. Obligatoire.",
              "Usual name. Required."),
          Column.of(
              "legalName",
              List.of("raisonSociale", "denomination"),
              "Raison sociale.",
              "Legal name."),
          Column.of(
              "siren", List.of("numeroSiren"), "9 chiffres, format texte.", "9 digits, as text."),
          Column.of(
              "siret",
              List.of("numeroSiret", "siretSiege"),
              "SIRET du siège, 14 chiffres, format texte.",
              "SIRET of the head office, 14 digits, as text."),
          Column.of(
              "descriptionFr",
              List.of("description", "descriptionFrancais"),
              "Présentation en français.",
              "Description in French."),
          Column.of(
              "descriptionEn",
              List.of("descriptionAnglais"),
              "Présentation en anglais.",
              "Description in English."),
          Column.of(
              "website",
              List.of("siteWeb", "site", "siteInternet"),
              "Adresse du site.",
              "Address of the site."),
          Column.secret(
              "email",
              List.of("courriel", "mail", "adresseEmail"),
              "E-mail général de l'entreprise.",
              "General e-mail of the company."),
          Column.secret(
              "phone", List.of("telephone", "tel"), "Téléphone général.", "General phone."),
          Column.of(
              "commune",
              List.of("codeCommune", "codeInsee", "communeInsee"),
              "Code Insee de la commune (31555). Obligatoire.",
              "Insee code of the commune (31555). Required."),
          Column.secret("address", List.of("adresse"), "Numéro et voie.", "Number and street."),
          Column.of("postalCode", List.of("codePostal", "cp"), "Code postal.", "Postal code."),
          Column.of(
              "latitude",
              List.of("lat"),
              "Degrés WGS84, avec longitude.",
              "WGS84 degrees, with longitude."),
          Column.of(
              "longitude",
              List.of("lon", "lng"),
              "Degrés WGS84, avec latitude.",
              "WGS84 degrees, with latitude."),
          Column.of(
              "sectors",
              List.of("secteurs", "secteur", "secteursActivite"),
              "Slugs ou libellés des secteurs, séparés par |. Obligatoire.",
              "Slugs or labels of the sectors, separated by |. Required."),
          Column.of(
              "naf",
              List.of("ape", "codeNaf", "codeApe"),
              "Code NAF (62.01Z).",
              "NAF code (62.01Z)."),
          Column.of(
              "nafNomenclature",
              List.of("nomenclatureNaf", "nomenclature"),
              "NAFRev2 ou NAF2025 ; vide si le code n'est que dans l'une.",
              "NAFRev2 or NAF2025; empty when only one has the code."),
          Column.of("foundedYear", List.of("anneeCreation"), "Année de création.", "Year founded."),
          Column.secret(
              "headcount",
              List.of("effectif", "effectifs"),
              "Effectif exact, confidentiel.",
              "Exact headcount, confidential."),
          // A headcount may slide into it.
          Column.secret(
              "sizeClass",
              List.of("trancheEffectifs", "tranche"),
              "Tranche d'effectifs Insee (NN, 00, 01…53) ; déduite de l'effectif s'il est donné.",
              "Insee size class (NN, 00, 01…53); follows from the headcount when that is given."),
          Column.of(
              "hiring", List.of("recrute", "recrutement"), "oui ou non.", "oui/non or true/false."),
          Column.of(
              "exportMarkets",
              List.of("marchesExport", "paysExport", "export"),
              "Codes pays ISO 3166, séparés par |.",
              "ISO 3166 country codes, separated by |."),
          Column.of("logo", List.of(), "Adresse du logo.", "Address of the logo."),
          Column.of(
              "social",
              List.of("reseauxSociaux", "reseaux"),
              "reseau=adresse|reseau=adresse",
              "network=address|network=address"),
          Column.of(
              "origin",
              List.of("origine"),
              "digitalplace, frenchsouth-digital ou digital113 ; vide : digital113 à partir du 2019-02-05.",
              "digitalplace, frenchsouth-digital or digital113; empty: digital113 from 2019-02-05 on."),
          Column.of(
              "joinedOn",
              List.of("adhesion", "dateAdhesion", "membreDepuis"),
              "Début de la dernière adhésion (AAAA-MM-JJ). Vide : les adhésions ne changent pas.",
              "Start of the latest membership (YYYY-MM-DD). Empty: memberships do not change."),
          Column.of(
              "leftOn",
              List.of("depart", "dateDepart", "finAdhesion"),
              "Fin de cette adhésion.",
              "End of that membership."),
          Column.of(
              "publication",
              List.of("statutPublication"),
              "published (si vide), draft ou archived.",
              "published (when empty), draft or archived."));

  /** slug, sectors and the membership are kept in ways of their own. */
  static final List<Field> FIELDS =
      List.of(
          new Field("name", "name", "text", "null"),
          new Field("legalName", "legal_name", "text", "null"),
          new Field("siren", "siren", "text", "null"),
          new Field("siret", "siret", "text", "null"),
          new Field("descriptionFr", "description_fr", "text", "null"),
          new Field("descriptionEn", "description_en", "text", "null"),
          new Field("website", "website", "text", "null"),
          new Field("email", "email", "text", "null"),
          new Field("phone", "phone", "text", "null"),
          new Field("commune", "commune", "text", "null"),
          new Field("address", "address", "text", "null"),
          new Field("postalCode", "postal_code", "text", "null"),
          new Field("latitude", "latitude", "double precision", "null"),
          new Field("longitude", "longitude", "double precision", "null"),
          new Field("naf", "naf", "text", "null"),
          new Field("naf", "naf_nomenclature", "text", "null"),
          new Field("foundedYear", "founded_year", "integer", "null"),
          new Field("headcount", "headcount", "integer", "null"),
          new Field("sizeClass", "size_class", "text", "'NN'"),
          new Field("hiring", "hiring", "boolean", "false"),
          new Field("exportMarkets", "export_markets", "text[]", "'{}'"),
          new Field("logo", "logo", "text", "null"),
          new Field("social", "social", "jsonb", "'{}'"),
          new Field("publication", "publication", "text", "'published'"));

  static final String EXPORT =
      """
      select c.id::text, c.slug, c.name, c.legal_name, c.siren, c.siret, c.description_fr, c.description_en,
        c.website, c.email, c.phone, c.commune, c.address, c.postal_code, c.latitude::text, c.longitude::text,
        array_to_string(array(select s.sector from company_sector s where s.company = c.id
                              order by s.position, s.sector), '|'),
        c.naf, c.naf_nomenclature, c.founded_year::text, c.headcount::text, c.size_class, c.hiring::text,
        array_to_string(c.export_markets, '|'), c.logo,
        (select string_agg(key || '=' || value, '|' order by key) from jsonb_each_text(c.social)),
        m.origin, m.joined_on::text, m.left_on::text, c.publication
      from company c
      left join lateral (select * from membership m where m.company = c.id order by m.joined_on desc limit 1) m on true
      where c.source = 'cluster'
      order by c.slug
      """;

  private MemberColumns() {}
}
