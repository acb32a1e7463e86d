package fr.digital113.directory.reference;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.web.Slugs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the files in the program become. */
class ReferenceLoaderTest {
  @RegisterExtension static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final ReferenceDatabase database = ReferenceDatabase.of(DATABASE);

  @BeforeAll
  static void load() {
    new ReferenceLoader(DATABASE.jdbi(), Optional.empty()).load();
  }

  @Test
  void loadsTheWholeRegion() {
    assertThat(database.map("select level, count(*) from territory group by level"))
        .isEqualTo(Map.of("region", "1", "departement", "13", "epci", "164", "commune", "4446"));
  }

  @Test
  void givesTheElevenCitiesTheirPlainSlug() {
    assertThat(database.map("select slug, code from territory where named_place"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("toulouse", "31555"),
                Map.entry("montpellier", "34172"),
                Map.entry("nimes", "30189"),
                Map.entry("perpignan", "66136"),
                Map.entry("tarbes", "65440"),
                Map.entry("rodez", "12202"),
                Map.entry("albi", "81004"),
                Map.entry("castres", "81065"),
                Map.entry("auch", "32013"),
                Map.entry("mende", "48095"),
                Map.entry("carcassonne", "11069")));
  }

  @Test
  void tellsTheCityItsMetropoleAndItsDepartementApart() {
    assertThat(
            database.map(
                """
                select slug, level || ' ' || code from territory
                where slug in ('toulouse', 'toulouse-metropole', 'haute-garonne', 'occitanie')
                """))
        .isEqualTo(
            Map.of(
                "toulouse", "commune 31555",
                "toulouse-metropole", "epci 243100518",
                "haute-garonne", "departement 31",
                "occitanie", "region 76"));
  }

  @Test
  void addsTheDepartementToTheSlugOfCommunesThatShareAName() {
    assertThat(database.map("select slug, code from territory where name = 'Saint-Michel'"))
        .isEqualTo(
            Map.of(
                "saint-michel-09", "09271",
                "saint-michel-31", "31505",
                "saint-michel-32", "32397",
                "saint-michel-34", "34278",
                "saint-michel-82", "82166"));
    assertThat(database.map("select slug, name from territory where slug ~ '^fontanes-\\d'"))
        .isEqualTo(
            Map.of(
                "fontanes-30", "Fontanès", "fontanes-34", "Fontanès", "fontanes-46", "Fontanes"));
  }

  @Test
  void addsTheDepartementOnlyToNamesThatAreShared() {
    Map<String, String> names =
        database.map("select code, name from territory where level = 'commune'");
    Map<String, Set<String>> holders = new TreeMap<>();
    names.forEach(
        (code, name) -> holders.computeIfAbsent(Slugs.of(name), n -> new TreeSet<>()).add(code));
    Map<String, String> expected = new TreeMap<>();
    holders.forEach(
        (plain, codes) ->
            codes.forEach(
                code ->
                    expected.put(
                        code, codes.size() == 1 ? plain : plain + "-" + code.substring(0, 2))));

    assertThat(database.map("select code, slug from territory where level = 'commune'"))
        .isEqualTo(expected);
  }

  @Test
  void keepsEverybody() {
    assertThat(
            database.strings(
                """
                select d.code from territory d
                join territory_within w on w.container = d.code
                join territory c on c.code = w.territory and c.level = 'commune'
                where d.level in ('departement', 'region')
                group by d.code, d.population having sum(c.population) <> d.population
                """))
        .isEmpty();
    assertThat(
            database.map(
                "select slug, population from territory where slug in ('occitanie', 'haute-garonne', 'toulouse-metropole', 'toulouse')"))
        .isEqualTo(
            Map.of(
                "occitanie", "6124653",
                "haute-garonne", "1471468",
                "toulouse-metropole", "832348",
                "toulouse", "514819"));
  }

  @Test
  void keepsEveryPostalCodeOfACommune() {
    assertThat(database.strings("select unnest(postal_codes) from territory where code = '31555'"))
        .containsExactly("31000", "31100", "31200", "31300", "31400", "31500");
  }

  @Test
  void putsACommuneInItsDepartementItsEpciAndTheRegion() {
    assertThat(containersOf("31555")).isEqualTo("243100518 31 76");
    assertThat(
            database.count(
                "select count(*) from territory_within w join territory t on t.code = w.territory where t.level = 'commune'"))
        .isEqualTo(3 * 4446);
  }

  @Test
  void putsAnEpciInEveryDepartementOfTheRegionThatItTouches() {
    assertThat(containersOf("243100567"))
        .as("Aux sources du Canal du Midi")
        .isEqualTo("11 31 76 81");
    assertThat(containersOf("248400251")).as("Grand Avignon, mostly in 84").isEqualTo("30 76");
    assertThat(containersOf("31")).isEqualTo("76");
    assertThat(containersOf("76")).isEmpty();
  }

  @Test
  void centresAnEpciWhereItsPeopleAre() {
    // Two communes in the region: 94 people at 43.013444, -0.240122 and 73 at 42.98001, -0.274399.
    assertThat(
            database.string(
                "select latitude || ' ' || longitude from territory where code = '246401756'"))
        .isEqualTo("42.998829 -0.255105");
  }

  @Test
  void flagsTheFundersAndTheFrenchTechMetropoles() {
    assertThat(database.strings("select slug from territory where funder order by slug"))
        .containsExactly(
            "ca-carcassonne-agglo",
            "ca-de-nimes-metropole",
            "ca-du-sicoval",
            "cu-perpignan-mediterranee-metropole",
            "montpellier-mediterranee-metropole",
            "occitanie",
            "toulouse-metropole");
    assertThat(database.strings("select slug from territory where french_tech order by slug"))
        .containsExactly("montpellier-mediterranee-metropole", "toulouse-metropole");
  }

  @Test
  void resolvesFormerCommuneCodes() {
    assertThat(database.string("select current_commune('09028')")).isEqualTo("09296");
    assertThat(database.string("select current_commune('31555')")).isEqualTo("31555");
    assertThat(database.strings("select 1 where current_commune('75056') is null"))
        .containsExactly("1");
    // 160 rows, of which 50 name a current commune as a part of itself.
    assertThat(database.count("select count(*) from former_commune")).isEqualTo(110);
    assertThat(database.string("select current_commune('09056')")).isEqualTo("09056");
  }

  @Test
  void holdsBothNomenclaturesSideBySide() {
    assertThat(
            database.map(
                "select nomenclature, count(*) || ', digital ' || count(*) filter (where digital) from naf group by 1"))
        .isEqualTo(Map.of("NAFRev2", "732, digital 48", "NAF2025", "33, digital 33"));
    assertThat(
            database.map("select nomenclature, label from naf where code in ('62.01Z', '62.10Y')"))
        .isEqualTo(
            Map.of(
                "NAFRev2", "Programmation informatique",
                "NAF2025", "Activités de programmation informatique"));
  }

  @Test
  void labelsTheSizeClassesInBothLanguages() {
    assertThat(database.count("select count(*) from size_class")).isEqualTo(16);
    assertThat(
            database.strings(
                "select label_fr || ' | ' || label_en from size_class where code in ('11', '42', '53') order by rank"))
        .containsExactly(
            "10 à 19 salariés | 10 to 19 employees",
            "1 000 à 1 999 salariés | 1,000 to 1,999 employees",
            "10 000 salariés et plus | 10,000 employees or more");
    assertThat(
            database.strings(
                "select coalesce(size_class_of(n), 'none') from unnest(array[0, 1, 19, 20, 123456]) n"))
        .containsExactly("00", "01", "11", "12", "53");
  }

  @Test
  void mapsTheSectorsToKnownCodes() {
    assertThat(database.count("select count(*) from sector")).isEqualTo(22);
    assertThat(
            database.strings(
                "select nomenclature || ' ' || code from sector_naf where sector = 'logiciels' order by 1 desc"))
        .containsExactly("NAFRev2 58.29C", "NAFRev2 58.29B", "NAFRev2 58.29A", "NAF2025 58.29Y");
  }

  @Test
  void findsASectorForEveryDigitalCode() {
    assertThat(
            database.strings(
                """
                select n.code from naf n where n.digital and not exists (
                  select from sector_naf s where s.nomenclature = n.nomenclature and s.code = n.code)
                """))
        .isEmpty();
  }

  @Test
  void recordsEditionsAndWritesOneRevisionInItsOwnName() {
    assertThat(
            database.map(
                "select name, vintage from reference_vintage where checksum ~ '^[0-9a-f]{64}$'"))
        .isEqualTo(
            Map.of(
                "geography", "2026-01-01",
                "naf", "2025",
                "size-classes", "2026-11",
                "sectors", "2026-11"));
    assertThat(database.map("select revision, actor from revision"))
        .isEqualTo(Map.of("1", "reference-data"));
  }

  private String containersOf(String code) {
    return String.join(
        " ",
        database.strings(
            "select container from territory_within where territory = ? order by container", code));
  }
}
