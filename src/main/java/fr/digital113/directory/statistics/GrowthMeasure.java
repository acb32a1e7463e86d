package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is told of each period. */
enum GrowthMeasure {
  JOINED("joined", "Adhésions", "Joined", CompanyMeasure.COMPANIES),
  LEFT("left", "Départs", "Left", CompanyMeasure.COMPANIES),
  PRESENT("present", "Membres à la fin", "Members at the end", CompanyMeasure.COMPANIES),
  JOBS("jobs", "Emplois à la fin", "Jobs at the end", CompanyMeasure.JOBS);

  private final String id;
  private final Measure measure;

  GrowthMeasure(String id, String fr, String en, CompanyMeasure of) {
    this.id = id;
    this.measure = new Measure(id, new Text(fr, en), of.measure().unit(), 0);
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(each -> each.id).toList();
  }

  static GrowthMeasure of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  Measure measure() {
    return measure;
  }
}
