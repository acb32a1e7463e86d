package fr.digital113.directory.reference;

import java.util.List;
import java.util.Locale;

/**
 * The sets of reference files, in the order in which they load. Each loads as a whole, by the
 * script {@code reference/sql/<label>.sql}, which finds every file as a temporary table.
 */
enum DataSet {
  NAF(
      SourceFile.required("naf-rev2.csv", "file_naf_rev2", "code", "niveau", "libelle"),
      SourceFile.required("naf-numerique.csv", "file_naf_digital", "code"),
      SourceFile.required("naf-2025-numerique-extrait.csv", "file_naf_2025", "code", "libelle")),
  SIZE_CLASSES(
      SourceFile.required(
          "tranches-effectifs.csv",
          "file_size_classes",
          "code",
          "libelle",
          "effectif_min",
          "effectif_max",
          "ordre"),
      SourceFile.optional("tranches-effectifs-en.csv", "file_size_classes_en", "code", "label")),
  GEOGRAPHY(
      SourceFile.optional("region.csv", "file_region", "code", "nom").withSlugOf("nom"),
      SourceFile.required(
              "departements-occitanie.csv",
              "file_departements",
              "code",
              "nom",
              "region",
              "population_municipale")
          .withSlugOf("nom"),
      SourceFile.required(
              "epci-occitanie.csv", "file_epci", "siren", "nom", "type", "population_municipale")
          .withSlugOf("nom"),
      SourceFile.required(
              "communes-occitanie.csv",
              "file_communes",
              "code_insee",
              "nom",
              "departement",
              "epci_siren",
              "codes_postaux",
              "population",
              "latitude",
              "longitude")
          .withSlugOf("nom"),
      SourceFile.required(
          "communes-anciennes-occitanie.csv",
          "file_former",
          "code_insee_ancien",
          "nom",
          "type",
          "code_insee_actuel"),
      SourceFile.optional(
          "territory-flags.csv", "file_flags", "code", "frenchTech", "funder", "namedPlace")),
  SECTORS(
      SourceFile.required("sectors.csv", "file_sectors", "slug", "label_fr", "label_en", "naf"));

  private final List<SourceFile> files;

  DataSet(SourceFile... files) {
    this.files = List.of(files);
  }

  /** The name in {@code reference_vintage}, {@code vintages.properties} and of the script. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<SourceFile> files() {
    return files;
  }
}
