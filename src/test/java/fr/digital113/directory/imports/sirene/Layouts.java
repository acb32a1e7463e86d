package fr.digital113.directory.imports.sirene;

import java.util.List;
import java.util.Set;

/** The columns of Insee's stock files, in their order. */
final class Layouts {

  /** StockUniteLegale of 2026. */
  static final List<String> UNITS_2026 =
      columns(
          """
          siren
          statutDiffusionUniteLegale
          unitePurgeeUniteLegale
          dateCreationUniteLegale
          sigleUniteLegale
          sexeUniteLegale
          prenom1UniteLegale
          prenom2UniteLegale
          prenom3UniteLegale
          prenom4UniteLegale
          prenomUsuelUniteLegale
          pseudonymeUniteLegale
          identifiantAssociationUniteLegale
          trancheEffectifsUniteLegale
          anneeEffectifsUniteLegale
          dateDernierTraitementUniteLegale
          nombrePeriodesUniteLegale
          categorieEntreprise
          anneeCategorieEntreprise
          dateDebut
          etatAdministratifUniteLegale
          nomUniteLegale
          nomUsageUniteLegale
          denominationUniteLegale
          denominationUsuelle1UniteLegale
          denominationUsuelle2UniteLegale
          denominationUsuelle3UniteLegale
          categorieJuridiqueUniteLegale
          activitePrincipaleUniteLegale
          nomenclatureActivitePrincipaleUniteLegale
          nicSiegeUniteLegale
          economieSocialeSolidaireUniteLegale
          societeMissionUniteLegale
          caractereEmployeurUniteLegale
          activitePrincipaleNAF25UniteLegale
          """);

  /** StockUniteLegale until about 2023. */
  static final List<String> UNITS_2022 =
      without(
          UNITS_2026, Set.of("societeMissionUniteLegale", "activitePrincipaleNAF25UniteLegale"));

  /** StockEtablissement of 2026. */
  static final List<String> ESTABLISHMENTS_2026 =
      columns(
          """
          siren
          nic
          siret
          statutDiffusionEtablissement
          dateCreationEtablissement
          trancheEffectifsEtablissement
          anneeEffectifsEtablissement
          activitePrincipaleRegistreMetiersEtablissement
          dateDernierTraitementEtablissement
          etablissementSiege
          nombrePeriodesEtablissement
          complementAdresseEtablissement
          numeroVoieEtablissement
          indiceRepetitionEtablissement
          dernierNumeroVoieEtablissement
          indiceRepetitionDernierNumeroVoieEtablissement
          typeVoieEtablissement
          libelleVoieEtablissement
          codePostalEtablissement
          libelleCommuneEtablissement
          libelleCommuneEtrangerEtablissement
          distributionSpecialeEtablissement
          codeCommuneEtablissement
          codeCedexEtablissement
          libelleCedexEtablissement
          codePaysEtrangerEtablissement
          libellePaysEtrangerEtablissement
          identifiantAdresseEtablissement
          coordonneeLambertAbscisseEtablissement
          coordonneeLambertOrdonneeEtablissement
          complementAdresse2Etablissement
          numeroVoie2Etablissement
          indiceRepetition2Etablissement
          typeVoie2Etablissement
          libelleVoie2Etablissement
          codePostal2Etablissement
          libelleCommune2Etablissement
          libelleCommuneEtranger2Etablissement
          distributionSpeciale2Etablissement
          codeCommune2Etablissement
          codeCedex2Etablissement
          libelleCedex2Etablissement
          codePaysEtranger2Etablissement
          libellePaysEtranger2Etablissement
          dateDebut
          etatAdministratifEtablissement
          enseigne1Etablissement
          enseigne2Etablissement
          enseigne3Etablissement
          denominationUsuelleEtablissement
          activitePrincipaleEtablissement
          nomenclatureActivitePrincipaleEtablissement
          caractereEmployeurEtablissement
          activitePrincipaleNAF25Etablissement
          """);

  /** StockEtablissement until about 2023. */
  static final List<String> ESTABLISHMENTS_2022 =
      without(
          ESTABLISHMENTS_2026,
          Set.of(
              "dernierNumeroVoieEtablissement",
              "indiceRepetitionDernierNumeroVoieEtablissement",
              "identifiantAdresseEtablissement",
              "coordonneeLambertAbscisseEtablissement",
              "coordonneeLambertOrdonneeEtablissement",
              "activitePrincipaleNAF25Etablissement"));

  private Layouts() {}

  private static List<String> columns(String names) {
    return names.lines().map(String::strip).toList();
  }

  private static List<String> without(List<String> columns, Set<String> absent) {
    return columns.stream().filter(column -> !absent.contains(column)).toList();
  }
}
