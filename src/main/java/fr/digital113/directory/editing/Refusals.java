package fr.digital113.directory.editing;

import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the database's rules say to people. Most are checked before; these are for what only the
 * database can know, such as a row that another transaction has written meanwhile.
 */
final class Refusals {
  private static final Text TAKEN_SLUG =
      new Text("Ce slug est déjà pris.", "This slug is already taken.");

  /** What stands against the end of a Factory. */
  static final Text HAS_INITIATIVES =
      new Text(
          "La Factory a des initiatives : supprimez-les, donnez-les à une autre, ou fermez la Factory (status: closed).",
          "The Factory has initiatives: delete them, give them to another one, or close the Factory (status: closed).");

  /** What a company is told that has asked and was not answered yet. */
  static final Text ASKED_ALREADY =
      new Text(
          "Votre entreprise a déjà une demande ouverte pour cette Factory.",
          "Your company has an open request for this Factory already.");

  /** What somebody is told for whom the thing does not exist. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun élément ne porte cette référence.", "No item has this reference."));
  }

  /** What a caller is told who repeats a write of something that is gone since. */
  static ProblemException deletedSince() {
    return new ProblemException(
        ProblemType.CONFLICT,
        new Text(
            "Ce que cette requête a écrit a été supprimé depuis.",
            "What this request has written has been deleted since."));
  }

  private static final Refusal SECTOR =
      new Refusal(
          null,
          "sector_in_use",
          new Text(
              "Un secteur est employé, ou vient d'être supprimé ; relisez et recommencez.",
              "A sector is in use, or has just been deleted; read again and start over."));

  /** By the name of the constraint: where in the body, and why. */
  private static final Map<String, Refusal> CONFLICTS =
      Map.ofEntries(
          Map.entry(
              "partner_name",
              new Refusal(
                  "/name",
                  "taken",
                  new Text(
                      "Un partenaire porte déjà ce nom.", "A partner has this name already."))),
          Map.entry("company_slug_key", new Refusal("/slug", "taken", TAKEN_SLUG)),
          Map.entry(
              "company_siren_key",
              new Refusal(
                  "/siren",
                  "taken",
                  new Text(
                      "Ce SIREN est celui d'une autre entreprise.",
                      "This SIREN belongs to another company."))),
          Map.entry(
              "company_siret_key",
              new Refusal(
                  "/siret",
                  "taken",
                  new Text(
                      "Ce SIRET est celui d'une autre entreprise.",
                      "This SIRET belongs to another company."))),
          Map.entry(
              "membership_no_overlap",
              new Refusal(
                  "/joinedOn",
                  "overlapping_membership",
                  new Text(
                      "Cette adhésion en chevauche une autre de l'entreprise.",
                      "This membership overlaps another one of the company."))),
          Map.entry(
              "membership_pkey",
              new Refusal(
                  "/joinedOn",
                  "overlapping_membership",
                  new Text(
                      "Une adhésion de l'entreprise commence déjà ce jour.",
                      "A membership of the company begins on this day already."))),
          Map.entry(
              "membership_company_fkey",
              new Refusal(
                  null,
                  "has_history",
                  new Text(
                      "L'entreprise a un historique d'adhésion, qui reste : archivez-la (publication: archived).",
                      "The company has membership history, which stays: archive it (publication: archived)."))),
          Map.entry(
              "factory_lead_company_fkey",
              new Refusal(
                  null,
                  "has_history",
                  new Text(
                      "L'entreprise a piloté une Factory, ce qui reste : archivez-la (publication: archived).",
                      "The company has led a Factory, which stays: archive it (publication: archived)."))),
          Map.entry(
              "factory_two_leads",
              new Refusal(
                  "/leads",
                  "factory_two_leads",
                  new Text(
                      "Une Factory active est pilotée par deux entreprises membres, et aucune par plus de deux.",
                      "An active Factory is led by two member companies, and none by more than two."))),
          Map.entry(
              "factory_lead_is_member",
              new Refusal(
                  "/leads",
                  "factory_lead_is_member",
                  new Text(
                      "Seule une entreprise membre peut piloter une Factory.",
                      "Only a member company can lead a Factory."))),
          Map.entry("factory_slug_key", new Refusal("/slug", "taken", TAKEN_SLUG)),
          Map.entry("event_slug_key", new Refusal("/slug", "taken", TAKEN_SLUG)),
          Map.entry(
              "participation_request_open", new Refusal(null, "asked_already", ASKED_ALREADY)),
          Map.entry("initiative_slug_key", new Refusal("/slug", "taken", TAKEN_SLUG)),
          Map.entry(
              "initiative_factory_fkey", new Refusal(null, "has_initiatives", HAS_INITIATIVES)),
          Map.entry(
              "initiative_partner_company_fkey",
              new Refusal(
                  "/partners",
                  "unknown_company",
                  new Text(
                      "Une entreprise vient d'être supprimée.",
                      "A company has just been deleted."))),
          Map.entry("company_sector_sector_fkey", SECTOR),
          Map.entry("factory_sector_sector_fkey", SECTOR),
          Map.entry(
              "factory_participant_company_fkey",
              new Refusal(
                  "/participants",
                  "unknown_company",
                  new Text(
                      "Une entreprise vient d'être supprimée.",
                      "A company has just been deleted."))));

  private record Refusal(@Nullable String pointer, String code, Text reason) {
    ProblemException conflict() {
      return pointer == null
          ? new ProblemException(ProblemType.CONFLICT, reason)
          : new ProblemException(
              ProblemType.CONFLICT, reason, List.of(FieldError.at(pointer, code, reason)));
    }
  }

  private Refusals() {}

  /** The problem that a failed statement means; the failure itself when it is none of a rule. */
  static RuntimeException of(@Nullable SQLException cause, RuntimeException failure) {
    if (cause == null || cause.getSQLState() == null) {
      return failure;
    }
    Refusal named = cause instanceof PSQLException told ? CONFLICTS.get(constraint(told)) : null;
    if (named != null) {
      return named.conflict();
    }
    return switch (cause.getSQLState()) {
      case "23505", "23P01", "23503" ->
          new ProblemException(
              ProblemType.CONFLICT,
              new Text(
                  "Une autre donnée de l'annuaire s'y oppose.",
                  "Another piece of the directory's data stands against it."));
      case "23502", "23514" -> invalid();
      case "40001", "40P01" ->
          new ProblemException(
              ProblemType.CONFLICT,
              new Text(
                  "Trop d'écritures touchent les mêmes données ; réessayez dans quelques secondes.",
                  "Too many writes touch the same data; try again in a few seconds."));
      case "55P03" ->
          new ProblemException(
              ProblemType.DATABASE_UNAVAILABLE,
              new Text(
                  "D'autres écritures retiennent ces données ; réessayez plus tard.",
                  "Other writes hold these data; try again later."));
      default -> cause.getSQLState().startsWith("22") ? invalid() : failure;
    };
  }

  private static ProblemException invalid() {
    return JsonBody.invalid(
        List.of(
            FieldError.at(
                "",
                "rule",
                new Text(
                    "Une valeur n'a pas la forme que l'annuaire garde.",
                    "A value does not have the form that the directory keeps."))));
  }

  private static String constraint(PSQLException failure) {
    ServerErrorMessage message = failure.getServerErrorMessage();
    String constraint = message == null ? null : message.getConstraint();
    return constraint == null ? "" : constraint;
  }
}
