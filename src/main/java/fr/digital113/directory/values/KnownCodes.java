package fr.digital113.directory.values;

import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The reference codes that rows refer to, held for the length of one load (a few thousand). */
public final class KnownCodes {
  /**
   * Rev. 2 codes end in Z or A to E, NAF 2025 ones in other letters too: most tell their edition.
   */
  public record Naf(String code, String nomenclature) {}

  private record SizeClass(int low, @Nullable Integer high) {}

  private final Set<String> communes;
  private final Map<String, String> formerCommunes;

  /** By the spelling of the name; empty for one that several share. */
  private final Map<String, String> communesByName = new HashMap<>();

  private final Set<String> postalCodes;
  private final Map<String, String> sectors;
  private final Set<Naf> naf;
  private final Map<String, @Nullable SizeClass> sizeClasses;

  private KnownCodes(Handle database) {
    communes = Set.copyOf(strings(database, "select code from territory where level = 'commune'"));
    postalCodes =
        Set.copyOf(
            strings(
                database,
                "select distinct unnest(postal_codes) from territory where level = 'commune'"));
    database
        .createQuery("select name, code from territory where level = 'commune'")
        .map(
            (row, context) ->
                communesByName.merge(
                    Slugs.of(row.getString(1)), row.getString(2), (one, other) -> ""))
        .list();
    formerCommunes = new HashMap<>();
    database
        .createQuery("select code, current from former_commune")
        .map((row, context) -> formerCommunes.put(row.getString(1), row.getString(2)))
        .list();
    sectors = sectors(database);
    naf =
        Set.copyOf(
            database
                .createQuery("select code, nomenclature from naf")
                .map((row, context) -> new Naf(row.getString(1), row.getString(2)))
                .list());
    sizeClasses = new HashMap<>();
    database
        .createQuery("select code, low, high from size_class")
        .map(
            (row, context) ->
                sizeClasses.put(
                    row.getString(1),
                    row.getObject(2) == null
                        ? null
                        : new SizeClass(row.getInt(2), (Integer) row.getObject(3))))
        .list();
  }

  public static KnownCodes load(Handle database) {
    return new KnownCodes(database);
  }

  private static List<String> strings(Handle database, String sql) {
    return database.createQuery(sql).mapTo(String.class).list();
  }

  /** Slugs and labels in both languages; a label that two sectors share names neither. */
  private static Map<String, String> sectors(Handle database) {
    Map<String, String> bySpelling = new HashMap<>();
    Set<String> shared = new HashSet<>();
    Set<String> slugs = new HashSet<>();
    database
        .createQuery("select slug, label_fr, label_en from sector order by slug")
        .map(
            (row, context) -> {
              String slug = row.getString(1);
              slugs.add(slug);
              for (String label : List.of(Slugs.of(row.getString(2)), Slugs.of(row.getString(3)))) {
                String other = bySpelling.putIfAbsent(label, slug);
                if (other != null && !other.equals(slug)) {
                  shared.add(label);
                }
              }
              return slug;
            })
        .list();
    bySpelling.keySet().removeAll(shared);
    slugs.forEach(slug -> bySpelling.put(slug, slug));
    return bySpelling;
  }

  /** The commune of today; a lost leading zero or a code from before a merger leads to it. */
  public String commune(String cell) throws BadValueException {
    String code =
        cell.length() == 4 && cell.matches("[0-9]{4}") ? "0" + cell : cell.toUpperCase(Locale.ROOT);
    if (communes.contains(code)) {
      return code;
    }
    String current = formerCommunes.get(code);
    if (current != null) {
      return current;
    }
    String named = communesByName.getOrDefault(Slugs.of(cell), "");
    if (!named.isEmpty()) {
      throw new BadValueException(
          "unknown_commune",
          new Text(
                  "Un code Insee est attendu ; celui de la commune de ce nom est %s.",
                  "An Insee code is expected; that of the commune of this name is %s.")
              .with(named));
    }
    throw new BadValueException(
        "unknown_commune",
        "Un code Insee de commune d'Occitanie est attendu (un nom ou un code postal ne suffit pas) : voir /v1/territories?level=commune.",
        "The Insee code of a commune of Occitanie is expected (a name or a postal code is not enough): see /v1/territories?level=commune.");
  }

  public String postalCode(String cell) throws BadValueException {
    String code = cell.replaceAll("[\\s\\p{Z}]", "");
    if (code.matches("[0-9]{5}")) {
      return code;
    }
    if (code.matches("[0-9]{4}") && postalCodes.contains("0" + code)) {
      return "0" + code;
    }
    throw new BadValueException(
        "invalid_postal_code", "Un code postal a 5 chiffres.", "A postal code has 5 digits.");
  }

  /** The slug of a sector named by slug or label. */
  public String sector(String cell) throws BadValueException {
    String slug = sectors.get(Slugs.of(cell));
    if (slug == null) {
      throw new BadValueException(
          "unknown_sector",
          new Text("Secteur inconnu « %s ».", "Unknown sector \"%s\".").with(cell));
    }
    return slug;
  }

  /** A NAF code with its nomenclature, which may be left out where only one has the code. */
  public Naf naf(String cell, @Nullable String nomenclature) throws BadValueException {
    String code = cell.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Z}]", "");
    if (code.matches("[0-9]{4}[A-Z]")) {
      code = code.substring(0, 2) + "." + code.substring(2);
    }
    Naf old = new Naf(code, "NAFRev2");
    Naf next = new Naf(code, "NAF2025");
    if (nomenclature == null && naf.contains(old) && naf.contains(next)) {
      throw new BadValueException(
          "ambiguous_naf",
          "Ce code existe dans NAFRev2 et NAF2025 : remplissez nafNomenclature.",
          "This code is in NAFRev2 and NAF2025: fill nafNomenclature.");
    }
    Naf found = nomenclature != null ? new Naf(code, nomenclature) : naf.contains(old) ? old : next;
    if (!naf.contains(found)) {
      throw new BadValueException("unknown_naf", "Code NAF inconnu.", "Unknown NAF code.");
    }
    return found;
  }

  /** A size class; {@code 1} is {@code 01} when Excel dropped the zero. */
  public String sizeClass(String cell) throws BadValueException {
    String code = cell.toUpperCase(Locale.ROOT);
    String padded = code.length() == 1 ? "0" + code : code;
    if (sizeClasses.containsKey(padded)) {
      return padded;
    }
    throw new BadValueException(
        "unknown_size_class",
        "Un code de tranche d'effectifs de l'Insee est attendu (NN, 00, 01, 02, …, 53).",
        "An Insee size class code is expected (NN, 00, 01, 02, …, 53).");
  }

  /** Whether a class may stand beside a headcount. Zero employees may be 00 or NN. */
  public boolean fits(String sizeClass, int headcount) {
    SizeClass range = sizeClasses.get(sizeClass);
    if (range == null) {
      return headcount == 0;
    }
    Integer high = range.high();
    return headcount >= range.low() && (high == null || headcount <= high);
  }
}
