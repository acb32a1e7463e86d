package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.util.List;

/**
 * The rules that need the database or the other rows. In them s is the staged row, c its company, p
 * the latest membership, all but s possibly absent.
 */
final class MemberRules {

  private static MergeCheck required(String column) {
    return MergeCheck.of(
        "required",
        column,
        "s.company is null and s." + column + " is null",
        "null",
        "Une nouvelle entreprise a besoin de name, commune et sectors.",
        "A new company needs name, commune and sectors.");
  }

  /** Rules about one row and what the database holds. */
  static List<MergeCheck> ofRow(Header header) {
    String siren = header.has("siren") ? "s.siren" : "c.siren";
    String siret = header.has("siret") ? "s.siret" : "c.siret";
    String left = header.has("leftOn") ? "s.left_on" : "p.left_on";
    String sizeClassAlone =
        header.has("sizeClass") && !header.has("headcount")
            ? "c.headcount > 0 and s.size_class <> size_class_of(c.headcount)"
            : "false";
    return List.of(
        MergeCheck.of(
            "conflicting_references",
            null,
            "s.conflict",
            "concat_ws(' ', s.id::text, s.siren, s.slug)",
            "id, SIREN et slug ne désignent pas la même entreprise.",
            "id, SIREN and slug do not name the same company."),
        MergeCheck.of(
            "ambiguous_name",
            "name",
            "s.ambiguous",
            "s.name",
            "Plusieurs entreprises de la commune portent ce nom : donnez id, siren ou slug.",
            "Several companies of the commune have this name: give id, siren or slug."),
        required("name"),
        required("commune"),
        required("sectors"),
        MergeCheck.of(
            "siret_taken",
            "siret",
            "exists (select from company o where o.siret = s.siret and o.id is distinct from s.company)",
            "s.siret",
            "Ce SIRET est celui d'une autre entreprise.",
            "This SIRET belongs to another company."),
        MergeCheck.of(
            "siret_of_another_siren",
            header.has("siret") ? "siret" : "siren",
            "left(%s, 9) <> %s".formatted(siret, siren),
            siret,
            "Le SIRET ne commence pas par le SIREN.",
            "The SIRET does not start with the SIREN."),
        MergeCheck.of(
            "size_class_contradicts_headcount",
            "sizeClass",
            sizeClassAlone,
            "s.size_class",
            "La tranche contredit l'effectif connu.",
            "The size class contradicts the known headcount."),
        MergeCheck.of(
            "required",
            "joinedOn",
            "s.joined_on is null and s.left_on is not null",
            "null",
            "Une fin d'adhésion a besoin de son début.",
            "The end of a membership needs its start."),
        MergeCheck.of(
            "overlapping_membership",
            "joinedOn",
            "exists (select from membership m where m.company = s.company and m.joined_on <> s.joined_on"
                + " and (m.left_on is null or m.left_on > s.joined_on))",
            "s.joined_on::text",
            "Cette adhésion en chevauche ou en précède une autre : seule la dernière se modifie, et une"
                + " nouvelle commence après la fin de la précédente.",
            "This membership overlaps or precedes another: only the latest is changed, and a new one starts"
                + " after the end of the one before."),
        MergeCheck.of(
            "left_before_joined",
            "leftOn",
            "%s <= s.joined_on and (p.joined_on is null or p.joined_on = s.joined_on)"
                .formatted(left),
            left + "::text",
            "Le départ doit suivre l'adhésion.",
            "The end must follow the start."),
        MergeCheck.of(
            "required",
            "origin",
            "s.origin is null and s.joined_on < date '2019-02-05' and p.joined_on is distinct from s.joined_on",
            "null",
            "L'origine d'une adhésion d'avant le 5 février 2019 doit être dite.",
            "The origin of a membership from before 5 February 2019 must be given."));
  }

  /** Rules about rows of one file; the first row wins. */
  static final List<MergeCheck> IN_FILE =
      List.of(
          duplicate("id", "id", "s.first_id", "s.id::text"),
          duplicate("siren", "siren", "s.first_siren", "s.siren"),
          duplicate("siret", "siret", "s.first_siret", "s.siret"),
          duplicate("slug", "slug", "s.first_slug", "s.slug"),
          duplicate("company", "name", "s.first_company", "s.name"),
          duplicate("base", "name", "s.first_name", "s.name"));

  private static MergeCheck duplicate(String key, String column, String first, String value) {
    return new MergeCheck(
        "duplicate_row",
        column,
        "s." + key + " is not null and " + first + " < s.line",
        value,
        first + "::text",
        new Text(
            "La ligne %s parle déjà de cette entreprise.",
            "Line %s is already about this company."));
  }

  /**
   * The staged rows with the first line of each key; a homonym counts when a SIREN does not tell it
   * apart.
   */
  static final String WITH_FIRST_LINES =
      """
      (select *,
        min(line) over (partition by id) as first_id,
        min(line) over (partition by siren) as first_siren,
        min(line) over (partition by siret) as first_siret,
        min(line) over (partition by slug) as first_slug,
        min(line) over (partition by company) as first_company,
        case when company is null and id is null and slug is null then coalesce(
          case when siren is null then min(line) over homonyms end,
          min(line) filter (where siren is null) over homonyms) end as first_name
      from staged_member
      window homonyms as (partition by base, commune, company is null and id is null and slug is null)) s
      """;

  private MemberRules() {}
}
