package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.RejectedRowException;
import fr.digital113.directory.values.Identifiers;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the directory takes from a row of StockEtablissement, which has no name of a company.
 *
 * @param masked whether it must not be published; then nothing but numbers was read
 * @param head whether it is the head office; null when the file does not say
 * @param commune the code as written, perhaps a former one
 * @param abroad whether the address is in another country
 */
record EstablishmentRow(
    String siret,
    boolean masked,
    @Nullable Boolean head,
    boolean closed,
    @Nullable String commune,
    boolean abroad,
    @Nullable String address,
    @Nullable String postalCode,
    Lambert93.@Nullable Location location,
    @Nullable LocalDateTime processed) {

  /** Without these a file is refused. */
  static final List<String> REQUIRED =
      List.of(
          "siret",
          "statutDiffusionEtablissement",
          "etatAdministratifEtablissement",
          "etablissementSiege",
          "codeCommuneEtablissement");

  private static final List<String> ADDRESS =
      List.of(
          "complementAdresseEtablissement",
          "numeroVoieEtablissement",
          "typeVoieEtablissement",
          "libelleVoieEtablissement",
          "codePostalEtablissement",
          "libelleCommuneEtablissement",
          "codeCommuneEtablissement");
  // Corsica has letters; the rest of the code is digits.
  private static final Pattern COMMUNE = Pattern.compile("(?:\\d\\d|2[AB])\\d{3}");
  private static final int LONGEST_ADDRESS = 300;
  private static final Pattern FIVE_DIGITS = Pattern.compile("\\d{5}");

  /**
   * Throws when the SIRET is not one, belongs to another SIREN, the commune is not a code, or the
   * address is too long.
   */
  static EstablishmentRow of(Cells cells, Lambert93 projection) throws RejectedRowException {
    cells.requireSoundRow();
    String status = cells.get("statutDiffusionEtablissement");
    boolean masked = status != null && !status.equals("O") || cells.isMaskedInAny(ADDRESS);
    String siret = checkedSiret(cells, masked);
    Boolean head = flag(cells.get("etablissementSiege"));
    boolean closed = "F".equals(cells.get("etatAdministratifEtablissement"));
    LocalDateTime processed = Timestamps.of(cells.get("dateDernierTraitementEtablissement"));
    if (masked) {
      return new EstablishmentRow(
          siret, true, head, closed, null, false, null, null, null, processed);
    }
    String commune = cells.get("codeCommuneEtablissement");
    if (commune != null && !COMMUNE.matcher(commune).matches()) {
      throw Reason.INVALID_COMMUNE.rejects("codeCommuneEtablissement", commune);
    }
    String address =
        StreetAddress.of(
            cells.get("numeroVoieEtablissement"),
            cells.get("indiceRepetitionEtablissement"),
            cells.get("typeVoieEtablissement"),
            cells.get("libelleVoieEtablissement"));
    if (address != null && address.length() > LONGEST_ADDRESS) {
      throw Reason.TOO_LONG.rejects("libelleVoieEtablissement", null);
    }
    // A CEDEX code names a post box, not a place; its column is not read.
    String postalCode = cells.get("codePostalEtablissement");
    return new EstablishmentRow(
        siret,
        false,
        head,
        closed,
        commune,
        cells.get("codePaysEtrangerEtablissement") != null,
        address,
        postalCode != null && FIVE_DIGITS.matcher(postalCode).matches() ? postalCode : null,
        projection.locate(
            cells.get("coordonneeLambertAbscisseEtablissement"),
            cells.get("coordonneeLambertOrdonneeEtablissement")),
        processed);
  }

  String siren() {
    return siret.substring(0, 9);
  }

  private static String checkedSiret(Cells cells, boolean masked) throws RejectedRowException {
    String siret = cells.get("siret");
    if (siret == null || !Identifiers.isSiret(siret)) {
      throw Reason.INVALID_SIRET.rejects("siret", masked ? null : siret);
    }
    String siren = cells.get("siren");
    if (siren != null && !siret.startsWith(siren)) {
      throw Reason.SIREN_SIRET_MISMATCH.rejects("siren", masked ? null : siren);
    }
    if (!Identifiers.isSiren(siret.substring(0, 9))) {
      throw Reason.INVALID_SIREN.rejects("siret", masked ? null : siret);
    }
    return siret;
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true", "True", "TRUE", "VRAI", "1", "t" -> true;
      case "false", "False", "FALSE", "FAUX", "0", "f" -> false;
      default -> null;
    };
  }
}
