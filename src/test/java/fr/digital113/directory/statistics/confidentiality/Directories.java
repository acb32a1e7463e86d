package fr.digital113.directory.statistics.confidentiality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The family of official tables, of companies that a test has. */
final class Directories {

  private Directories() {}

  /** A company as the tables see it. */
  record Company(
      Unknown headcount,
      String departement,
      String epci,
      List<String> sectors,
      String sizeClass,
      String origin,
      String joinedYear) {}

  /** Every figure of the family. */
  static List<Figure> family(List<Company> companies) {
    Map<String, List<Unknown>> cells = new TreeMap<>();
    for (Company company : companies) {
      add(cells, "0 total", company);
      add(cells, "1 departement=" + company.departement(), company);
      add(cells, "1 epci=" + company.epci(), company);
      add(cells, "1 sizeClass=" + company.sizeClass(), company);
      add(cells, "1 origin=" + company.origin(), company);
      add(cells, "1 joinedYear=" + company.joinedYear(), company);
      String departement = "2 departement=" + company.departement() + ";";
      add(cells, departement + "sizeClass=" + company.sizeClass(), company);
      for (String sector : company.sectors()) {
        add(cells, "1 sector=" + sector, company);
        add(cells, departement + "sector=" + sector, company);
        add(cells, "2 sector=" + sector + ";sizeClass=" + company.sizeClass(), company);
      }
    }
    List<Figure> figures = new ArrayList<>();
    cells.forEach(
        (cell, unknowns) ->
            figures.add(new Figure(cell.substring(2), cell.charAt(0) - '0', unknowns)));
    return figures;
  }

  private static void add(Map<String, List<Unknown>> cells, String cell, Company company) {
    cells.computeIfAbsent(cell, key -> new ArrayList<>()).add(company.headcount());
  }
}
