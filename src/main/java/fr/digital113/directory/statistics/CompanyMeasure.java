package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;

/** What the dataset {@code companies} tells of companies. */
enum CompanyMeasure {
  COMPANIES(
      "companies", new Text("Entreprises", "Companies"), new Text("entreprises", "companies"), 0),
  JOBS("jobs", new Text("Emplois", "Jobs"), new Text("emplois", "jobs"), 0),
  JOBS_SHARE(
      "jobsShare",
      new Text(
          "Part des emplois du numérique de la région", "Share of the region's digital workforce"),
      new Text("pour cent", "per cent"),
      1);

  private final String id;
  private final Measure measure;

  CompanyMeasure(String id, Text label, Text unit, int decimals) {
    this.id = id;
    this.measure = new Measure(id, label, unit, decimals);
  }

  /** The name that {@code measure} takes. */
  String id() {
    return id;
  }

  Measure measure() {
    return measure;
  }

  /** Whether it tells of headcounts, which are confidential. */
  boolean isOfJobs() {
    return this != COMPANIES;
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(CompanyMeasure::id).toList();
  }

  static CompanyMeasure of(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id));
  }
}
