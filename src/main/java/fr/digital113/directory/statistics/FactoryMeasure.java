package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;

/** What the dataset {@code factories} counts. */
enum FactoryMeasure {
  GROUPS("groups", "Factories", "Factories", "groupes de travail", "working groups"),
  COMPANIES(
      "companies",
      "Entreprises participantes",
      "Participating companies",
      "entreprises",
      "companies"),
  MEETINGS(
      "meetings",
      "Réunions publiques, douze derniers mois",
      "Public meetings, last twelve months",
      "réunions",
      "meetings"),
  INITIATIVES(
      "initiatives", "Initiatives engagées", "Initiatives begun", "initiatives", "initiatives"),
  DONE("done", "Initiatives abouties", "Initiatives done", "initiatives", "initiatives"),
  WORKSHOPS(
      "workshops",
      "Tables à secousses, douze derniers mois",
      "Tables à secousses, last twelve months",
      "ateliers",
      "workshops"),
  PLANS(
      "plans",
      "Plans d'action présentés, dernière année civile entière",
      "Action plans presented, last full calendar year",
      "plans",
      "plans");

  private final String id;
  private final Measure measure;

  FactoryMeasure(String id, String fr, String en, String unitFr, String unitEn) {
    this.id = id;
    this.measure = new Measure(id, new Text(fr, en), new Text(unitFr, unitEn), 0);
  }

  /** The name that {@code measure} takes. */
  String id() {
    return id;
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(FactoryMeasure::id).toList();
  }

  static FactoryMeasure of(String id) {
    return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst().orElseThrow();
  }

  /** Whether it is of the whole cluster, and of no Factory. */
  boolean isOfTheCluster() {
    return this == WORKSHOPS || this == PLANS;
  }

  Measure measure() {
    return measure;
  }
}
