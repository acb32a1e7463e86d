package fr.digital113.directory.statistics.confidentiality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the unknowns of a row of vintages agree, as everything behind takes one key for one
 * unknown. A headcount that stays while its public size class changes is known to be within both
 * classes. A headcount that was corrected without a day on which it changed is another unknown.
 */
final class Agreed {

  /** For each key its unknowns of different headcounts, in the order in which they appear. */
  private final Map<String, List<Unknown>> known = new HashMap<>();

  private Agreed() {}

  static List<Vintage> of(List<Vintage> vintages) {
    Agreed agreed = new Agreed();
    for (Vintage vintage : vintages) {
      vintage.figures().forEach(figure -> figure.unknowns().forEach(agreed::learn));
    }
    return vintages.stream().map(agreed::vintage).toList();
  }

  private void learn(Unknown unknown) {
    List<Unknown> others = known.computeIfAbsent(unknown.key(), any -> new ArrayList<>());
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).value() == unknown.value()) {
        others.set(i, others.get(i).within(unknown));
        return;
      }
    }
    String key =
        others.isEmpty() ? unknown.key() : unknown.key() + " (" + (others.size() + 1) + ")";
    others.add(new Unknown(key, unknown.low(), unknown.high(), unknown.value()));
  }

  private Vintage vintage(Vintage vintage) {
    List<Figure> figures =
        vintage.figures().stream()
            .map(
                figure ->
                    new Figure(
                        figure.id(),
                        figure.rank(),
                        figure.unknowns().stream().map(this::unknown).toList()))
            .toList();
    return new Vintage(vintage.name(), figures, vintage.withheld());
  }

  private Unknown unknown(Unknown unknown) {
    return known.getOrDefault(unknown.key(), List.of()).stream()
        .filter(each -> each.value() == unknown.value())
        .findFirst()
        .orElseThrow();
  }
}
