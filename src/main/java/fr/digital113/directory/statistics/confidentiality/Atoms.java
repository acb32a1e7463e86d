package fr.digital113.directory.statistics.confidentiality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The unknowns as variables. Those that are in exactly the same figures cannot be told apart by any
 * of them, so they are one variable, their sum. Everything is numbered in the order of the keys, so
 * that the same input in another order gives the same programmes.
 */
final class Atoms {

  /** More of them would take hours: refused at once. */
  static final int MOST = 2_000;

  private final List<List<Unknown>> members = new ArrayList<>();
  private final Map<String, Integer> atomOf = new LinkedHashMap<>();
  final double[] low;
  final double[] high;

  Atoms(Collection<Vintage> vintages) {
    TreeMap<String, Unknown> unknowns = new TreeMap<>();
    Map<List<String>, Integer> sets = new LinkedHashMap<>();
    Map<String, List<Integer>> setsOf = new LinkedHashMap<>();
    for (Vintage vintage : vintages) {
      for (Figure figure : vintage.figures()) {
        List<String> keys = keys(figure);
        if (sets.putIfAbsent(keys, sets.size()) != null) {
          continue;
        }
        int set = sets.size() - 1;
        for (Unknown unknown : figure.unknowns()) {
          Unknown other = unknowns.putIfAbsent(unknown.key(), unknown);
          if (other != null && !other.equals(unknown)) {
            throw new IllegalArgumentException("Two unknowns are called " + unknown.key());
          }
          setsOf.computeIfAbsent(unknown.key(), key -> new ArrayList<>()).add(set);
        }
      }
    }
    Map<List<Integer>, Integer> atoms = new LinkedHashMap<>();
    for (Unknown unknown : unknowns.values()) {
      int atom =
          atoms.computeIfAbsent(setsOf.getOrDefault(unknown.key(), List.of()), key -> atoms.size());
      if (atom == members.size()) {
        members.add(new ArrayList<>());
      }
      members.get(atom).add(unknown);
      atomOf.put(unknown.key(), atom);
    }
    if (members.size() > MOST) {
      throw new CannotDecideException(
          "The figures tell "
              + members.size()
              + " companies apart; at most "
              + MOST
              + " can be protected");
    }
    low = members.stream().mapToDouble(m -> m.stream().mapToInt(Unknown::low).sum()).toArray();
    high = members.stream().mapToDouble(m -> m.stream().mapToInt(Unknown::high).sum()).toArray();
  }

  private static List<String> keys(Figure figure) {
    List<String> keys = new ArrayList<>(figure.unknowns().stream().map(Unknown::key).toList());
    Collections.sort(keys);
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i).equals(keys.get(i - 1))) {
        throw new IllegalArgumentException(figure.id() + " has " + keys.get(i) + " twice");
      }
    }
    return keys;
  }

  int size() {
    return members.size();
  }

  List<Unknown> members(int atom) {
    return members.get(atom);
  }

  /** The atoms whose sum the figure is. Complete, because atoms never straddle a figure. */
  Sum sum(Figure figure) {
    return new Sum(
        figure.unknowns().stream()
            .mapToInt(unknown -> atomOf.getOrDefault(unknown.key(), -1))
            .sorted()
            .distinct()
            .boxed()
            .toList());
  }

  /** The true headcounts: one point that every figure allows. */
  double[] truth() {
    return members.stream().mapToDouble(m -> m.stream().mapToInt(Unknown::value).sum()).toArray();
  }

  /** A set of atoms, ascending. Equal figures have equal sums, in whatever table they are. */
  record Sum(List<Integer> atoms) {

    double of(double[] point) {
      double sum = 0;
      for (int atom : atoms) {
        sum += point[atom];
      }
      return sum;
    }
  }
}
