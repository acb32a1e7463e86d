package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.Tally.Counts;
import fr.digital113.directory.statistics.confidentiality.Figure;
import fr.digital113.directory.statistics.confidentiality.Unknown;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The members that the figures of one vintage are made of, and those figures: the same from the
 * database of the day and from what an earlier vintage kept. Everything is kept that decides where
 * a company counts: maps change, companies are deleted, and what was published stays.
 */
final class VintageMembers {
  private static final String COLUMNS =
      "company, departements, epcis, named_places, size_class, sectors, origin, joined_on, headcount, since";

  private final List<Member> members;

  private VintageMembers(List<Member> members) {
    this.members = members;
  }

  /**
   * One member company on the day.
   *
   * @param values what it counts in, of every breakdown of the official tables
   * @param headcount null when it is not known
   * @param since when the headcount was last another one; null when it never was
   */
  private record Member(
      UUID company,
      Map<Breakdown, List<String>> values,
      LocalDate joinedOn,
      @Nullable Integer headcount,
      @Nullable LocalDate since) {

    static Member of(ResultSet row) throws SQLException {
      Date since = row.getDate("since");
      LocalDate joinedOn = row.getDate("joined_on").toLocalDate();
      return new Member(
          row.getObject("company", UUID.class),
          Map.of(
              Breakdown.DEPARTEMENT, texts(row, "departements"),
              Breakdown.EPCI, texts(row, "epcis"),
              Breakdown.TERRITORY, texts(row, "named_places"),
              Breakdown.SIZE_CLASS, List.of(row.getString("size_class")),
              Breakdown.SECTOR, texts(row, "sectors"),
              Breakdown.ORIGIN, List.of(row.getString("origin")),
              Breakdown.JOINED_YEAR, List.of(Integer.toString(joinedOn.getYear()))),
          joinedOn,
          row.getObject("headcount", Integer.class),
          since == null ? null : since.toLocalDate());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
      return List.of((String[]) row.getArray(column).getArray());
    }

    List<String> of(Breakdown breakdown) {
      return Objects.requireNonNull(values.get(breakdown), breakdown.id());
    }

    /** The headcount of a company stays one unknown for as long as it does not change. */
    Unknown unknown() {
      String key = since == null ? company.toString() : company + "@" + since;
      return Unknown.of(key, of(Breakdown.SIZE_CLASS).get(0), Objects.requireNonNull(headcount));
    }
  }

  /** Those of a day, as it is known now, in the places of the map of now. */
  static VintageMembers of(Handle database, LocalDate day) {
    return new VintageMembers(
        database
            .createQuery(
                """
                with place as materialized (
                  select p.commune, t.code, t.level, t.named_place
                  from (select territory as commune, container as code from territory_within
                    union select code, code from territory) p
                  join territory t on t.code = p.code
                  where t.level in ('departement', 'epci') or t.named_place
                ), places as (
                  select commune,
                    coalesce(array_agg(code order by code) filter (where level = 'departement'), '{}') as departements,
                    coalesce(array_agg(code order by code) filter (where level = 'epci'), '{}') as epcis,
                    coalesce(array_agg(code order by code) filter (where named_place), '{}') as named_places
                  from place group by commune
                )
                select c.id as company, coalesce(p.departements, '{}') as departements, coalesce(p.epcis, '{}') as epcis,
                  coalesce(p.named_places, '{}') as named_places,
                  s.size_class, s.sectors, m.origin, m.joined_on, s.headcount, s.since
                from membership m
                join company c on c.id = m.company and (c.publication = 'published'
                  or (c.publication = 'archived' and m.left_on <= directory_today()))
                join (
                  select distinct on (company) * from (
                    select *, max(valid_from) filter (where changed)
                      over (partition by company order by valid_from) as since
                    from (
                      select *, row_number() over before > 1
                        and headcount is distinct from lag(headcount) over before as changed
                      from company_state window before as (partition by company order by valid_from)) told) run
                  where valid_to is null or valid_to > :day order by company, valid_from) s on s.company = c.id
                left join places p on p.commune = s.commune
                where m.joined_on <= :day and (m.left_on is null or m.left_on > :day)
                order by c.id
                """)
            .bind("day", day)
            .map((row, context) -> Member.of(row))
            .list());
  }

  /** Those that an earlier vintage kept. */
  static VintageMembers kept(Handle database, String vintage) {
    return new VintageMembers(
        database
            .createQuery(
                "select "
                    + COLUMNS
                    + " from vintage_company where vintage = :vintage order by company")
            .bind("vintage", vintage)
            .map((row, context) -> Member.of(row))
            .list());
  }

  /** Keeps them under a vintage. */
  void keep(Handle database, String vintage) {
    PreparedBatch batch =
        database.prepareBatch(
            "insert into vintage_company (vintage, "
                + COLUMNS
                + ") values (:vintage, :company, :departements, :epcis, :namedPlaces, :sizeClass, :sectors, "
                + ":origin, :joinedOn, :headcount, :since)");
    for (Member member : members) {
      batch
          .bind("vintage", vintage)
          .bind("company", member.company())
          .bindArray("departements", String.class, member.of(Breakdown.DEPARTEMENT))
          .bindArray("epcis", String.class, member.of(Breakdown.EPCI))
          .bindArray("namedPlaces", String.class, member.of(Breakdown.TERRITORY))
          .bind("sizeClass", member.of(Breakdown.SIZE_CLASS).get(0))
          .bindArray("sectors", String.class, member.of(Breakdown.SECTOR))
          .bind("origin", member.of(Breakdown.ORIGIN).get(0))
          .bind("joinedOn", member.joinedOn())
          .bind("headcount", member.headcount())
          .bind("since", member.since())
          .add();
    }
    batch.execute();
  }

  /** Companies, jobs and unknown headcounts of a table. */
  Tally tally(OfficialTable table) {
    Tally tally = Tally.empty(table.by());
    for (Member member : members) {
      Integer headcount = member.headcount();
      Counts one = new Counts(1, headcount == null ? 0 : headcount, headcount == null ? 1 : 0);
      forEachCell(
          member,
          table.by(),
          0,
          List.of(),
          values -> tally.cells().merge(values, one, Counts::plus));
    }
    return tally;
  }

  /** Every figure on jobs of the family, each once: what is a total of one is a cell of another. */
  List<Figure> figures() {
    Map<String, List<Unknown>> figures = new LinkedHashMap<>();
    for (OfficialTable table : OfficialTable.ALL) {
      for (Member member : members) {
        forEachCell(
            member,
            table.by(),
            0,
            List.of(),
            values -> {
              if (!values.contains(Category.TOTAL)) {
                List<Unknown> contributors =
                    figures.computeIfAbsent(figure(table.by(), values), any -> new ArrayList<>());
                if (member.headcount() != null) {
                  contributors.add(member.unknown());
                }
              }
            });
      }
    }
    return figures.entrySet().stream()
        .map(each -> new Figure(each.getKey(), rank(each.getKey()), each.getValue()))
        .toList();
  }

  private static int rank(String figure) {
    return figure.isEmpty() ? 0 : figure.split(";").length;
  }

  /** Names a figure by the values that are no totals: {@code departement=31;sector=iot}. */
  static String figure(List<Breakdown> by, List<String> values) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      if (!values.get(i).equals(Category.TOTAL)) {
        name.append(name.isEmpty() ? "" : ";")
            .append(by.get(i).id())
            .append('=')
            .append(values.get(i));
      }
    }
    return name.toString();
  }

  private void forEachCell(
      Member member,
      List<Breakdown> by,
      int breakdown,
      List<String> values,
      Consumer<List<String>> cell) {
    if (breakdown == by.size()) {
      cell.accept(values);
      return;
    }
    for (String value : withTotal(member, by.get(breakdown))) {
      List<String> more = new ArrayList<>(values);
      more.add(value);
      forEachCell(member, by, breakdown + 1, more, cell);
    }
  }

  private static List<String> withTotal(Member member, Breakdown breakdown) {
    List<String> values = member.of(breakdown);
    return Stream.concat(
            Stream.of(Category.TOTAL), values.isEmpty() ? Stream.of(Tally.NONE) : values.stream())
        .toList();
  }
}
