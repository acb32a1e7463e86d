package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.RejectedRowException;
import fr.digital113.directory.values.CompanySlugs;
import fr.digital113.directory.values.Identifiers;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the directory takes from a row of StockUniteLegale.
 *
 * @param masked why nothing but the SIREN was read; null when the unit may be published
 * @param slug what the slug of the company is made from, never all digits
 * @param activity the main activity as written, for the report
 * @param naf the main activity when its nomenclature is NAF rev. 2; a NAP or NAF 1993 code that
 *     looks alike means something else
 * @param naf2025 the main activity in NAF 2025, as Insee gives it; never computed from the other
 * @param headNic the last five digits of the SIRET of the head office
 */
record UnitRow(
    String siren,
    @Nullable Reason masked,
    boolean closed,
    @Nullable String name,
    @Nullable String slug,
    @Nullable String legalName,
    @Nullable String activity,
    @Nullable String naf,
    @Nullable String naf2025,
    @Nullable String sizeClass,
    @Nullable Integer foundedYear,
    @Nullable String headNic,
    @Nullable LocalDateTime processed) {

  /** Without these a file is refused: some of them tell who must not be loaded. */
  static final List<String> REQUIRED =
      List.of(
          "siren",
          "statutDiffusionUniteLegale",
          "etatAdministratifUniteLegale",
          "nomUniteLegale",
          "denominationUniteLegale",
          "categorieJuridiqueUniteLegale",
          "activitePrincipaleUniteLegale",
          "nomenclatureActivitePrincipaleUniteLegale");

  private static final List<String> OF_PERSONS =
      List.of(
          "nomUniteLegale",
          "nomUsageUniteLegale",
          "prenom1UniteLegale",
          "prenom2UniteLegale",
          "prenom3UniteLegale",
          "prenom4UniteLegale",
          "prenomUsuelUniteLegale",
          "pseudonymeUniteLegale",
          "sexeUniteLegale");
  private static final List<String> NAMES =
      List.of(
          "denominationUsuelle1UniteLegale",
          "denominationUniteLegale",
          "denominationUsuelle2UniteLegale",
          "denominationUsuelle3UniteLegale",
          "sigleUniteLegale");
  private static final int LONGEST_NAME = 200;
  private static final Pattern NUMBER_AS_NAME = Pattern.compile("(?:\\d *){9}|(?:\\d *){14}");
  private static final Pattern NIC = Pattern.compile("\\d{5}");

  /** Throws when the SIREN is not one, or the row has more cells than the header. */
  static UnitRow of(Cells cells) throws RejectedRowException {
    cells.requireSoundRow();
    Reason masked = masked(cells);
    String siren = cells.get("siren");
    if (siren == null || !Identifiers.isSiren(siren)) {
      throw Reason.INVALID_SIREN.rejects("siren", masked == null ? siren : null);
    }
    LocalDateTime processed = Timestamps.of(cells.get("dateDernierTraitementUniteLegale"));
    boolean closed = "C".equals(cells.get("etatAdministratifUniteLegale"));
    if (masked != null || closed) {
      return new UnitRow(
          siren, masked, closed, null, null, null, null, null, null, null, null, null, processed);
    }
    String name =
        NAMES.stream()
            .flatMap(column -> Stream.ofNullable(name(cells, column)))
            .findFirst()
            .orElse(null);
    String activity = cells.get("activitePrincipaleUniteLegale");
    String nic = cells.get("nicSiegeUniteLegale");
    return new UnitRow(
        siren,
        null,
        false,
        name,
        name == null ? null : CompanySlugs.base(name, "entreprise-" + siren),
        name(cells, "denominationUniteLegale"),
        activity,
        "NAFRev2".equals(cells.get("nomenclatureActivitePrincipaleUniteLegale")) ? activity : null,
        cells.get("activitePrincipaleNAF25UniteLegale"),
        cells.get("trancheEffectifsUniteLegale"),
        Timestamps.year(cells.get("dateCreationUniteLegale")),
        nic != null && NIC.matcher(nic).matches() ? nic : null,
        processed);
  }

  // The category may be missing (re-laid extracts); a name of a person tells as much.
  private static @Nullable Reason masked(Cells cells) {
    String status = cells.get("statutDiffusionUniteLegale");
    if (status != null && !status.equals("O")
        || cells.isMaskedInAny(NAMES)
        || cells.isMaskedInAny(OF_PERSONS)) {
      return Reason.NOT_DIFFUSIBLE;
    }
    String category = cells.get("categorieJuridiqueUniteLegale");
    if (category != null && category.startsWith("1") || cells.hasAny(OF_PERSONS)) {
      return Reason.SOLE_TRADER;
    }
    return null;
  }

  private static @Nullable String name(Cells cells, String column) {
    String name = cells.get(column);
    if (name == null || NUMBER_AS_NAME.matcher(name).matches()) {
      return null;
    }
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME).strip();
  }
}
