package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.RejectedRowException;
import fr.digital113.directory.web.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a row of the register is not loaded. The names, in lower case, are stable codes. */
enum Reason {
  INVALID_SIREN(
      "Ce n'est pas un SIREN : neuf chiffres avec une clé de Luhn juste.",
      "Not a SIREN: nine digits with a right Luhn key."),
  INVALID_SIRET(
      "Ce n'est pas un SIRET : quatorze chiffres avec une clé juste.",
      "Not a SIRET: fourteen digits with a right key."),
  SIREN_SIRET_MISMATCH(
      "Le SIREN n'est pas celui du SIRET de la même ligne.",
      "The SIREN is not that of the SIRET in the same row."),
  INVALID_COMMUNE(
      "Ce n'est pas un code de commune Insee : cinq caractères, zéros de tête compris.",
      "Not an Insee code of a commune: five characters, leading zeros included."),
  TOO_LONG("L'adresse a plus de 300 caractères.", "The address has more than 300 characters."),
  DUPLICATE_ROW(
      "Une autre ligne du fichier, plus récente ou placée avant, porte le même numéro.",
      "Another row of the file, newer or further up, has the same number."),
  OUTDATED(
      "Un traitement plus récent de la même unité est déjà connu.",
      "A more recent state of the same unit is known already."),
  SOLE_TRADER(
      "Entrepreneur individuel : l'annuaire n'enregistre pas de personne physique.",
      "Sole trader: the directory keeps no natural person."),
  NOT_DIFFUSIBLE(
      "Unité en diffusion partielle : ses données ne sont pas publiées.",
      "Unit of partial diffusion: its data is not published."),
  CLOSED("L'unité ou l'établissement est fermé.", "The unit or the establishment is closed."),
  NO_NAME("L'unité n'a pas de nom utilisable.", "The unit has no usable name."),
  OUTSIDE_NAF_SCOPE(
      "L'activité principale n'est pas dans les codes NAF demandés.",
      "The main activity is not among the NAF codes asked for."),
  OUTSIDE_TERRITORY(
      "L'établissement retenu n'est pas dans le territoire demandé.",
      "The retained establishment is not in the territory asked for."),
  OUTSIDE_REGION("Hors de la région.", "Outside the region."),
  UNKNOWN_COMMUNE(
      "Ce code de commune de la région n'existe pas, ni aujourd'hui ni autrefois.",
      "This code of a commune of the region exists neither today nor in the past."),
  NO_COMMUNE(
      "L'établissement n'a pas de code de commune.", "The establishment has no code of a commune."),
  AWAITING_UNIT(
      "En attente de l'unité légale, dans un fichier StockUniteLegale. Une unité non diffusible ou"
          + " individuelle ne vient jamais.",
      "Waits for the legal unit, in a StockUniteLegale file. One that is masked or a sole trader"
          + " never comes."),
  AWAITING_ESTABLISHMENT(
      "En attente d'un établissement ouvert dans la région, dans un fichier StockEtablissement.",
      "Waits for an open establishment in the region, in a StockEtablissement file."),
  ANOTHER_ESTABLISHMENT_RETAINED(
      "L'entreprise est placée à un autre de ses établissements.",
      "The company is placed at another of its establishments.");

  private final Text text;

  Reason(String fr, String en) {
    this.text = new Text(fr, en);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  Text text() {
    return text;
  }

  /** {@code value} is null where it could tell of a person. */
  RejectedRowException rejects(String column, @Nullable String value) {
    return new RejectedRowException(column, value, code(), text);
  }

  static Reason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
