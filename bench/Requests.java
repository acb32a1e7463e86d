import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes the requests of the benchmark, the same each time: {@code java bench/Requests.java FOLDER}
 * makes {@code pages.txt}, distinct pages with filters, and {@code log.txt}, a query log as a public
 * site would have it.
 */
final class Requests {
  private static final LocalDate FIRST_DAY = LocalDate.of(2011, 3, 1);
  private static final int DAYS = 5_500;
  private static final int LOG = 400_000;
  static final List<String> DEPARTEMENTS =
      List.of("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82");
  private static final List<String> ORIGINS = List.of("digitalplace", "frenchsouth-digital", "digital113");
  private static final List<String> FACETS = List.of("sector", "departement", "sizeClass", "epci", "origin");

  /** Large towns, where people look; and how near. */
  private static final double[][] TOWNS = {
    {43.6045, 1.444}, {43.6119, 3.8772}, {43.8367, 4.3601}, {42.6986, 2.8956}, {44.0181, 1.355},
    {43.9289, 2.148}, {43.2127, 2.3537}, {44.35, 2.575}, {43.2328, 0.0781}, {43.3442, 3.2158}
  };

  private final List<String> sectors;
  private final Map<String, List<String>> words;
  private final Random random = new Random(113); // the same everywhere, as Java says

  private Requests() throws IOException {
    sectors =
        Files.readAllLines(Path.of("src/main/resources/reference/sectors.csv")).stream()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();
    words = new HashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("bench/words.txt"))) {
      if (line.startsWith("[")) {
        section = new ArrayList<>();
        words.put(line.substring(1, line.length() - 1), section);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        section.add(line.split(" = ")[0]);
      }
    }
  }

  public static void main(String[] args) throws IOException {
    Requests requests = new Requests();
    Path folder = Path.of(args[0]);
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("pages.txt"))) {
      requests.pages(out);
    }
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("log.txt"))) {
      for (int i = 0; i < LOG; i++) {
        out.write("/v1/companies?" + requests.logged() + '\n');
      }
    }
  }

  /**
   * Each combination of a sector, one of 16 scopes (départements and origins) and a day, once: a
   * step that has no divisor in common with their number comes by each of them.
   */
  private void pages(BufferedWriter out) throws IOException {
    int scopes = DEPARTEMENTS.size() + ORIGINS.size();
    long all = (long) sectors.size() * scopes * DAYS;
    long step = 1_000_003;
    for (long i = 0; i < all; i++) {
      long n = i * step % all;
      int scope = (int) (n / DAYS % scopes);
      out.write(
          "/v1/companies?sector="
              + sectors.get((int) (n / DAYS / scopes))
              + (scope < DEPARTEMENTS.size()
                  ? "&territory=" + DEPARTEMENTS.get(scope)
                  : "&origin=" + ORIGINS.get(scope - DEPARTEMENTS.size()))
              + "&joinedAfter="
              + FIRST_DAY.plusDays(n % DAYS)
              + '\n');
    }
  }

  private String logged() {
    int kind = random.nextInt(100);
    if (kind < 28) {
      return filters() + since();
    }
    if (kind < 46) {
      return "q=" + text() + (chance(0.3) ? "&" + filters() : "") + since();
    }
    if (kind < 54) {
      return "q=" + mistaken() + since();
    }
    if (kind < 62) {
      String word = one("root");
      return "q=" + encoded(word.substring(0, Math.min(word.length(), 2 + random.nextInt(3)))) + since();
    }
    if (kind < 76) {
      return filters() + "&facets=" + facets() + since();
    }
    if (kind < 80) {
      return "q=" + text() + "&facets=" + facets() + since();
    }
    if (kind < 88) {
      return point() + "&radius=" + (5 + random.nextInt(45)) + "&sort=distance" + since();
    }
    if (kind < 91) {
      return point() + "&sort=distance" + since();
    }
    if (kind < 95) {
      double[] town = town();
      return String.format(
              Locale.ROOT, "bbox=%.3f,%.3f,%.3f,%.3f", town[1] - 0.2, town[0] - 0.1, town[1] + 0.2, town[0] + 0.1)
          + since();
    }
    return (chance(0.5) ? filters() + "&" : "") + "sort=" + (chance(0.5) ? "-joined" : "-name") + since();
  }

  /** A third of all is as others ask it too; the rest is asked for the first time. */
  private String since() {
    return chance(0.34) ? "" : "&joinedAfter=" + FIRST_DAY.plusDays(random.nextInt(2_500));
  }

  private String filters() {
    StringBuilder filters = new StringBuilder("sector=" + frequent(sectors));
    if (chance(0.2)) {
      filters.append(',').append(frequent(sectors));
    }
    if (chance(0.6)) {
      filters.append("&territory=").append(frequent(List.of("31", "34", "30", "66", "81", "11", "82", "12", "65", "32", "46", "09", "48")));
    }
    if (chance(0.15)) {
      filters.append("&hiring=true");
    }
    if (chance(0.15)) {
      filters.append("&sizeClass=").append(chance(0.5) ? "01,02,03" : "11,12");
    }
    if (chance(0.1)) {
      filters.append("&exportMarket=").append(chance(0.5) ? "DE" : "ES,US");
    }
    return filters.toString();
  }

  private String facets() {
    List<String> chosen = new ArrayList<>();
    for (String facet : FACETS) {
      if (chance(0.6)) {
        chosen.add(facet);
      }
    }
    return chosen.isEmpty() ? "sector" : String.join(",", chosen);
  }

  private String word() {
    List<String> things = words.get(chance(0.5) ? "thing" : one(sectors));
    String[] parts = one(things == null ? words.get("thing") : things).split("[ ’-]");
    String longest = "";
    for (String part : parts) {
      longest = part.length() > longest.length() ? part : longest;
    }
    return longest;
  }

  private String text() {
    String town = one(List.of("toulouse", "montpellier", "nîmes", "perpignan", "albi", "tarbes", "castres"));
    return encoded(chance(0.35) ? word() + " " + town : chance(0.3) ? word() + " " + word() : word());
  }

  /** A word with two letters that changed places, one left out, or one that is wrong. */
  private String mistaken() {
    StringBuilder word = new StringBuilder(chance(0.7) ? word() : one(List.of("toulouse", "montpellier", "perpignan", "carcassonne")));
    while (word.length() < 6) {
      word = new StringBuilder(word());
    }
    int at = 1 + random.nextInt(word.length() - 2);
    switch (random.nextInt(3)) {
      case 0 -> word.deleteCharAt(at);
      case 1 -> word.setCharAt(at, (char) ('a' + random.nextInt(26)));
      default -> {
        char here = word.charAt(at);
        word.setCharAt(at, word.charAt(at + 1));
        word.setCharAt(at + 1, here);
      }
    }
    return encoded(word + (chance(0.4) ? " " + word() : ""));
  }

  private String point() {
    double[] town = town();
    return String.format(
        Locale.ROOT,
        "near=%.5f,%.5f",
        town[0] + random.nextGaussian() * 0.03,
        town[1] + random.nextGaussian() * 0.04);
  }

  private double[] town() {
    return TOWNS[(int) (TOWNS.length * Math.pow(random.nextDouble(), 2))];
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private String one(String section) {
    return one(words.get(section));
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private <T> T frequent(List<T> things) {
    return things.get((int) (things.size() * Math.pow(random.nextDouble(), 2)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
