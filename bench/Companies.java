import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file of fictional members for the directory's own import: {@code java bench/Companies.java
 * --companies 40000 --out members.csv [--seed 113] [--files 1]}.
 *
 * <p>The same arguments write the same bytes on every machine. Row n depends on the seed and on n
 * only, so a smaller file is the beginning of a larger one. No company of it exists: names are
 * coined, there are no SIRENs, addresses are below example.org.
 */
final class Companies {
  private static final Path REFERENCE = Path.of("src/main/resources/reference");
  private static final String HEADER =
      "slug,name,legalName,descriptionFr,descriptionEn,website,email,commune,address,postalCode,latitude,longitude,"
          + "sectors,naf,nafNomenclature,foundedYear,headcount,sizeClass,hiring,exportMarkets,origin,joinedOn,leftOn,"
          + "publication\n";
  private static final LocalDate FIRST_DAY = LocalDate.of(2011, 3, 1);
  private static final LocalDate MERGER = LocalDate.of(2019, 2, 5);
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 6, 30);

  private final Words words;
  private final Weighted<Commune> communes;
  private final Weighted<Sector> sectors;
  private final Weighted<SizeClass> sizes;
  private final Weighted<String> markets;
  private final Set<String> slugs = new HashSet<>();
  private final long seed;

  private Companies(long seed) throws IOException {
    this.seed = seed;
    words = Words.read(Path.of("bench/words.txt"));
    // Digital firms crowd in the large towns more than people do.
    communes = new Weighted<>(communes(), each -> StrictMath.pow(each.population(), 1.3));
    List<Sector> all = sectors();
    sectors = new Weighted<>(all, each -> StrictMath.pow(all.indexOf(each) + 1, -0.8));
    sizes = new Weighted<>(SizeClass.ALL, SizeClass::share);
    List<String> countries = List.of("DE", "ES", "US", "BE", "GB", "IT", "CH", "CA", "MA", "PT", "NL", "JP", "SE", "BR");
    markets = new Weighted<>(countries, each -> 1.0 / (countries.indexOf(each) + 1));
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>(Map.of("seed", "113", "files", "1"));
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].replaceFirst("^--", ""), args[i + 1]);
    }
    if (args.length % 2 == 1 || !options.keySet().equals(Set.of("companies", "out", "seed", "files"))) {
      System.err.println("java bench/Companies.java --companies N --out FILE [--seed 113] [--files 1]");
      System.exit(2);
    }
    Companies companies = new Companies(Long.parseLong(options.get("seed")));
    int rows = Integer.parseInt(options.get("companies"));
    int files = Integer.parseInt(options.get("files"));
    for (int file = 0; file < files; file++) {
      Path out = Path.of(files == 1 ? options.get("out") : options.get("out").replaceFirst("(\\.[a-z]+)?$", "-" + (file + 1) + "$1"));
      try (BufferedWriter writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
        writer.write(HEADER);
        for (long row = (long) rows * file / files; row < (long) rows * (file + 1) / files; row++) {
          companies.write(row, writer);
        }
      }
    }
  }

  private void write(long row, BufferedWriter out) throws IOException {
    Chance chance = new Chance(seed, row);
    String name = words.name(chance);
    String base = slug(name);
    int number = 1;
    while (!slugs.add(number == 1 ? base : base + '-' + number)) {
      number++;
    }
    String slug = number == 1 ? base : base + '-' + number;
    name = number == 1 ? name : name + ' ' + number;
    Commune commune = communes.pick(chance);
    Set<Sector> active = new LinkedHashSet<>(List.of(sectors.pick(chance)));
    for (double more = chance.share(); more < 0.55 && active.size() < 4; more = chance.share()) {
      active.add(sectors.pick(chance));
    }
    List<String> naf = active.iterator().next().naf();
    SizeClass size = sizes.pick(chance);
    boolean located = chance.share() < size.located();
    int days = (int) (LAST_DAY.toEpochDay() - FIRST_DAY.toEpochDay());
    LocalDate joined = FIRST_DAY.plusDays((long) (days * Math.sqrt(chance.share())));
    boolean left = chance.share() < 0.04;
    Set<String> exports = new LinkedHashSet<>();
    if (chance.share() < 0.3) {
      for (int i = 1 + chance.below(5); i > 0; i--) {
        exports.add(markets.pick(chance));
      }
    }
    String topic = active.iterator().next().slug();
    List<Words.Said> said = words.description(chance, name, commune.name(), topic);
    boolean english = chance.share() < 0.55;
    List<String> cells =
        List.of(
            slug,
            name,
            name + ", société fictive de mesure",
            join(said, Words.Said::fr),
            english ? join(said, Words.Said::en) : "",
            "https://" + slug + ".example.org/",
            "contact@company-" + row + ".example.org",
            commune.code(),
            chance.share() < 0.7 ? (1 + chance.below(150)) + " rue " + words.street(chance) : "",
            commune.postalCodes().get(chance.below(commune.postalCodes().size())),
            located ? degrees(commune.latitude() + chance.around(0.02)) : "",
            located ? degrees(commune.longitude() + chance.around(0.025)) : "",
            String.join("|", active.stream().map(Sector::slug).toList()),
            naf.get(chance.below(naf.size())),
            "NAFRev2",
            Integer.toString(joined.getYear() - (int) (30 * StrictMath.pow(chance.share(), 2.5))),
            size.highest() == 0 ? "" : Integer.toString(size.lowest() + (int) ((size.highest() - size.lowest() + 1) * StrictMath.pow(chance.share(), 1.7))),
            size.code(),
            Boolean.toString(chance.share() < 0.22),
            String.join("|", exports),
            joined.isBefore(MERGER) ? chance.share() < 0.6 ? "digitalplace" : "frenchsouth-digital" : "digital113",
            joined.toString(),
            left ? joined.plusDays(1 + (long) ((LAST_DAY.toEpochDay() - joined.toEpochDay()) * chance.share())).toString() : "",
            chance.share() < 0.01 ? "draft" : "published");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0;
      out.write(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      out.write(i == cells.size() - 1 ? '\n' : ',');
    }
  }

  private static String join(List<Words.Said> said, java.util.function.Function<Words.Said, String> language) {
    return String.join(" ", said.stream().map(language).toList());
  }

  private static String degrees(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String slug(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replace("œ", "oe").replace("æ", "ae");
    letters = Normalizer.normalize(letters, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return letters.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private record Commune(String code, String name, List<String> postalCodes, int population, double latitude, double longitude) {}

  private static List<Commune> communes() throws IOException {
    List<Commune> communes = new ArrayList<>();
    for (Map<String, String> row : rows("communes-occitanie.csv")) {
      if (!row.get("latitude").isEmpty() && !row.get("codes_postaux").isEmpty()) {
        communes.add(
            new Commune(
                row.get("code_insee"),
                row.get("nom"),
                List.of(row.get("codes_postaux").split("\\|")),
                Integer.parseInt(row.get("population")),
                Double.parseDouble(row.get("latitude")),
                Double.parseDouble(row.get("longitude"))));
      }
    }
    return communes;
  }

  private record Sector(String slug, List<String> naf) {}

  private static List<Sector> sectors() throws IOException {
    List<Sector> sectors = new ArrayList<>();
    for (Map<String, String> row : rows("sectors.csv")) {
      List<String> naf =
          Arrays.stream(row.get("naf").split("\\|"))
              .filter(each -> each.startsWith("NAFRev2:"))
              .map(each -> each.substring("NAFRev2:".length()))
              .toList();
      sectors.add(new Sector(row.get("slug"), naf.isEmpty() ? List.of("62.01Z", "62.02A", "58.29C") : naf));
    }
    return sectors;
  }

  /** The share of each Insee size class, and of its companies that have coordinates of their own. */
  private record SizeClass(String code, int lowest, int highest, double share, double located) {
    static final List<SizeClass> ALL =
        List.of(
            new SizeClass("NN", 0, 0, 52, 0.15),
            new SizeClass("00", 0, 0, 4, 0.3),
            new SizeClass("01", 1, 2, 19, 0.45),
            new SizeClass("02", 3, 5, 10, 0.6),
            new SizeClass("03", 6, 9, 6, 0.7),
            new SizeClass("11", 10, 19, 4.6, 0.8),
            new SizeClass("12", 20, 49, 2.8, 0.8),
            new SizeClass("21", 50, 99, 0.8, 0.8),
            new SizeClass("22", 100, 199, 0.4, 0.8),
            new SizeClass("31", 200, 249, 0.08, 0.8),
            new SizeClass("32", 250, 499, 0.17, 0.8),
            new SizeClass("41", 500, 999, 0.09, 0.8),
            new SizeClass("42", 1000, 1999, 0.04, 0.8),
            new SizeClass("51", 2000, 4999, 0.02, 0.8));
  }

  /** Reads a reference file; its only quoted cells are those with a comma in them. */
  private static List<Map<String, String>> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE.resolve(file));
    Pattern cell = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");
    List<List<String>> parsed = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = new ArrayList<>();
      Matcher each = cell.matcher(line);
      while (each.find()) {
        cells.add(each.group(1) == null ? each.group(2) : each.group(1).replace("\"\"", "\""));
      }
      parsed.add(cells);
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> cells : parsed.subList(1, parsed.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(parsed.get(0).get(i), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Chooses among things of unequal weight. */
  private static final class Weighted<T> {
    private final List<T> things;
    private final double[] sums;

    Weighted(List<T> things, ToDoubleFunction<T> weight) {
      this.things = things;
      sums = new double[things.size()];
      double sum = 0;
      for (int i = 0; i < sums.length; i++) {
        sum += weight.applyAsDouble(things.get(i));
        sums[i] = sum;
      }
    }

    T pick(Chance chance) {
      int at = Arrays.binarySearch(sums, chance.share() * sums[sums.length - 1]);
      return things.get(at < 0 ? -at - 1 : at + 1);
    }
  }

  /** Chance that is the same everywhere: SplitMix64. */
  private static final class Chance {
    private long state;

    Chance(long seed, long row) {
      state = mix(seed * 0x9E3779B97F4A7C15L + row);
    }

    private static long mix(long z) {
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }

    /** From 0 up to, and without, 1. */
    double share() {
      return (mix(state += 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    int below(int bound) {
      return (int) (share() * bound);
    }

    /** Around 0, seldom further away than the distance. */
    double around(double distance) {
      return (share() + share() + share() - 1.5) / 1.5 * distance;
    }
  }

  /**
   * The vocabulary, from a file of sections: {@code [name]}, then one entry a line, in the order of
   * frequency; {@code fr = en} where there are two languages.
   */
  private static final class Words {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern ELISION = Pattern.compile("\\b([ldLD])[ae] (?=[aeéiou])");

    record Said(String fr, String en) {}

    private final Map<String, Weighted<Said>> sections = new HashMap<>();

    static Words read(Path file) throws IOException {
      Map<String, List<Said>> read = new HashMap<>();
      List<Said> section = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("[")) {
          section = new ArrayList<>();
          read.put(line.substring(1, line.length() - 1), section);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          String[] sides = line.split(" = ");
          section.add(new Said(sides[0], sides[sides.length - 1]));
        }
      }
      Words words = new Words();
      read.forEach(
          (name, entries) ->
              words.sections.put(
                  name, new Weighted<>(entries, each -> 1.0 / (entries.indexOf(each) + 8))));
      return words;
    }

    private Said pick(String section, Chance chance) {
      return sections.get(section).pick(chance);
    }

    /** A word that exists in no language: three syllables, as in "Briquombreline". */
    private String coined(Chance chance) {
      String word = pick("root", chance).fr() + pick("middle", chance).fr() + pick("tail", chance).fr();
      return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String name(Chance chance) {
      String kind = pick("kind", chance).fr();
      double form = chance.share();
      return form < 0.55
          ? coined(chance) + ' ' + kind
          : form < 0.75 ? coined(chance) + " & " + coined(chance)
          : form < 0.9 ? kind + " de l’" + pick("place", chance).fr() + ' ' + coined(chance)
          : coined(chance) + ' ' + coined(chance);
    }

    String street(Chance chance) {
      return pick("street", chance).fr();
    }

    /** One to three sentences, the same in both languages. */
    List<Said> description(Chance chance, String name, String town, String topic) {
      List<Said> sentences = new ArrayList<>();
      sentences.add(filled("opening", chance, name, town, topic));
      for (double more = chance.share(); sentences.size() < 3 && more < 0.6; more = chance.share()) {
        sentences.add(filled("more", chance, name, town, topic));
      }
      return sentences;
    }

    private Said filled(String section, Chance chance, String name, String town, String topic) {
      Said template = pick(section, chance);
      Map<String, Said> chosen = new HashMap<>();
      Supplier<Said> coined =
          () -> {
            String word = coined(chance);
            return new Said(word, word);
          };
      for (Matcher slot = SLOT.matcher(template.fr()); slot.find(); ) {
        chosen.put(
            slot.group(1),
            switch (slot.group(1)) {
              case "name" -> new Said(name, name);
              case "town" -> new Said(town, town);
              case "coined" -> coined.get();
              // Most companies speak of what their first sector does, some of anything.
              case "thing" -> pick(chance.share() < 0.8 ? topic : "thing", chance);
              default -> pick(slot.group(1), chance);
            });
      }
      return new Said(fill(template.fr(), chosen, true), fill(template.en(), chosen, false));
    }

    private static String fill(String template, Map<String, Said> chosen, boolean french) {
      String text =
          SLOT.matcher(template)
              .replaceAll(
                  slot -> {
                    Said word = chosen.get(slot.group(1));
                    return Matcher.quoteReplacement(french ? word.fr() : word.en());
                  });
      if (french) {
        text = ELISION.matcher(text.replace(" à les ", " aux ")).replaceAll("$1’");
      }
      return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
  }
}
