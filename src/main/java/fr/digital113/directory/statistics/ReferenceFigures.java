package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Figures from outside, which the team keeps with the facts of the cluster ({@code PATCH
 * /v1/cluster}, {@code referenceFigures}).
 */
@Singleton
class ReferenceFigures {
  /** The code of the jobs that there are in the digital sector of the region. */
  static final String WORKFORCE = "regional-digital-workforce";

  private final ObjectMapper mapper;

  ReferenceFigures(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** A figure, the date that it is of, and whom to name. */
  record Figure(BigDecimal value, String date, String source) {
    Text note() {
      return new Text(
          "Emplois du numérique de la région : %s (%s, %s)."
              .formatted(value.toPlainString(), source, date),
          "Digital workforce of the region: %s (%s, %s)."
              .formatted(value.toPlainString(), source, date));
    }
  }

  /** All of them, as the change log has them. */
  JsonNode all(Snapshot snapshot) {
    return cluster(snapshot).path("referenceFigures");
  }

  /** The objectives of the cluster, as the change log has them. */
  JsonNode objectives(Snapshot snapshot) {
    return cluster(snapshot).path("objectives");
  }

  /**
   * The newest figure of the regional workforce.
   *
   * @param asOf of this day or before, ISO 8601; null for the newest of all
   * @return null when there is none
   */
  @Nullable Figure workforce(Snapshot snapshot, @Nullable String asOf) {
    Figure newest = null;
    for (JsonNode each : cluster(snapshot).path("referenceFigures")) {
      String date = each.path("date").asText();
      if (each.path("code").asText().equals(WORKFORCE)
          && (asOf == null || date.compareTo(asOf) <= 0)
          && (newest == null || date.compareTo(newest.date()) > 0)) {
        newest = new Figure(each.path("value").decimalValue(), date, each.path("source").asText());
      }
    }
    return newest;
  }

  private JsonNode cluster(Snapshot snapshot) {
    JsonNode document = Items.source(snapshot, "cluster", "self", mapper);
    return document == null ? MissingNode.getInstance() : document;
  }
}
