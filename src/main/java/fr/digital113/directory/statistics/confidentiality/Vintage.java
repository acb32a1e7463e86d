package fr.digital113.directory.statistics.confidentiality;

import java.util.List;
import java.util.Map;

/**
 * Figures that were, or are to be, published together.
 *
 * @param name for messages, such as {@code 2026-06-30}
 * @param figures all of them, the withheld ones too: those are what the attacker is after
 * @param withheld the ids of those that are not published
 */
public record Vintage(String name, List<Figure> figures, Map<String, Reason> withheld) {

  public Vintage {
    figures = List.copyOf(figures);
    withheld = Map.copyOf(withheld);
  }

  /** Whether the figure is published. */
  public boolean isPublished(Figure figure) {
    return !withheld.containsKey(figure.id());
  }
}
