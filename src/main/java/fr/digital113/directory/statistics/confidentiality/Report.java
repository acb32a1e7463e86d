package fr.digital113.directory.statistics.confidentiality;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the attacker found. Holds no company's headcount; disclosures name companies and cells, so
 * it is for the team.
 *
 * @param vintages how many
 * @param published how many figures are published, over all vintages
 * @param primary how many are withheld by the primary rule
 * @param secondary how many are withheld to protect others
 * @param jobs the sum of all figures, jobs; {@code secondaryJobs} of those withheld to protect
 *     others
 * @param narrowestCell of all withheld cells, the one that keeps least of what it must keep
 * @param narrowestCompany of all companies, likewise
 * @param disclosures everything that keeps less than it must, the worst first
 */
public record Report(
    int vintages,
    int published,
    int primary,
    int secondary,
    long jobs,
    long secondaryJobs,
    @Nullable Finding narrowestCell,
    @Nullable Finding narrowestCompany,
    List<Finding> disclosures) {

  private static final int SHOWN = 20;

  public Report {
    disclosures = List.copyOf(disclosures);
  }

  /** Whether everything may be published. */
  public boolean passes() {
    return disclosures.isEmpty();
  }

  /** For a log: what is published, what is withheld, how near the attacker came. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d vintages: %d figures published, %d withheld by the primary rule, %d beyond (%.1f %% of"
                + " the other figures, %.1f %% of all jobs)%n",
            vintages,
            published,
            primary,
            secondary,
            100.0 * secondary / Math.max(1, published + secondary),
            100.0 * secondaryJobs / Math.max(1, jobs)));
    text.append("narrowest withheld cell: ")
        .append(of(narrowestCell))
        .append(System.lineSeparator());
    text.append("narrowest company: ").append(of(narrowestCompany)).append(System.lineSeparator());
    text.append("disclosures: ").append(disclosures.size());
    disclosures.stream()
        .limit(SHOWN)
        .forEach(finding -> text.append(System.lineSeparator()).append("  ").append(finding));
    return text.toString();
  }

  private static String of(@Nullable Finding finding) {
    return finding == null ? "none" : finding.toString();
  }

  /**
   * How near the attacker came to something.
   *
   * @param target the key of a company, or the vintage and id of a cell
   * @param width at least this many jobs lie between the bounds that he finds
   * @param exact whether the width is exactly that; else it is only known to be no less
   * @param required what must lie between them, jobs
   */
  public record Finding(String target, double width, boolean exact, double required) {

    double ratio() {
      return width / required;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s keeps %s%.2f jobs where %.2f are required",
          target,
          exact ? "" : "at least ",
          width,
          required);
    }
  }
}
