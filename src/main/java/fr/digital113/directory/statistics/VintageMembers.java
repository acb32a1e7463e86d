package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.LabelItems;
import fr.digital113.directory.statistics.Tally.Counts;
import fr.digital113.directory.statistics.confidentiality.Figure;
import fr.digital113.directory.statistics.confidentiality.Unknown;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.web.Json;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The members that the figures of one vintage are made of, and those figures: the same from the
 * database of the day and from what an earlier vintage kept.
 */
final class VintageMembers {
  private final List<Member> members;
  private final LabelItems labels;

  private VintageMembers(List<Member> members, LabelItems labels) {
    this.members = members;
    this.labels = labels;
  }

  /**
   * One member company on the day.
   *
   * @param headcount null when it is not known
   * @param since when the headcount was last another one; null when it never was
   */
  private record Member(
      UUID company,
      String commune,
      String sizeClass,
      List<String> sectors,
      String origin,
      LocalDate joinedOn,
      @Nullable Integer headcount,
      @Nullable LocalDate since) {

    static Member of(ResultSet row) throws SQLException {
      Array sectors = row.getArray("sectors");
      Date since = row.getDate("since");
      return new Member(
          row.getObject("company", UUID.class),
          row.getString("commune"),
          row.getString("size_class"),
          Arrays.asList((String[]) sectors.getArray()),
          row.getString("origin"),
          row.getDate("joined_on").toLocalDate(),
          row.getObject("headcount", Integer.class),
          since == null ? null : since.toLocalDate());
    }

    /** The headcount of a company stays one unknown for as long as it does not change. */
    Unknown unknown() {
      String key = since == null ? company.toString() : company + "@" + since;
      return Unknown.of(key, sizeClass, Objects.requireNonNull(headcount));
    }
  }

  /** Those of a day, as it is known now; kept under the vintage. */
  static VintageMembers keep(Handle database, String vintage, LocalDate day, LabelItems labels) {
    database
        .createUpdate(
            """
            insert into vintage_company
              (vintage, company, commune, size_class, sectors, origin, joined_on, headcount, since)
            select :vintage, c.id, s.commune, s.size_class, s.sectors, m.origin, m.joined_on, s.headcount, s.since
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
            where m.joined_on <= :day and (m.left_on is null or m.left_on > :day)
            """)
        .bind("vintage", vintage)
        .bind("day", day)
        .execute();
    return kept(database, vintage, labels);
  }

  /** Those that an earlier vintage kept. */
  static VintageMembers kept(Handle database, String vintage, LabelItems labels) {
    return new VintageMembers(
        database
            .createQuery("select * from vintage_company where vintage = :vintage order by company")
            .bind("vintage", vintage)
            .map((row, context) -> Member.of(row))
            .list(),
        labels);
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

  private List<String> withTotal(Member member, Breakdown breakdown) {
    List<String> values = values(member, breakdown);
    return Stream.concat(
            Stream.of(Category.TOTAL), values.isEmpty() ? Stream.of(Tally.NONE) : values.stream())
        .toList();
  }

  private List<String> values(Member member, Breakdown breakdown) {
    return switch (breakdown) {
      case REGION, DEPARTEMENT, EPCI ->
          places(member, each -> breakdown.id().equals(Json.text(each, "level")));
      case TERRITORY -> places(member, each -> each.path("namedPlace").asBoolean());
      case SECTOR -> member.sectors();
      case SIZE_CLASS -> List.of(member.sizeClass());
      case ORIGIN -> List.of(member.origin());
      case JOINED_YEAR -> List.of(Integer.toString(member.joinedOn().getYear()));
      case MEMBERSHIP, FACTORY -> throw new IllegalArgumentException(breakdown.id());
    };
  }

  private List<String> places(Member member, Predicate<JsonNode> which) {
    JsonNode commune = labels.find("territory", member.commune());
    if (commune == null) {
      return List.of();
    }
    return Stream.concat(Stream.of(member.commune()), Json.texts(commune.path("within")).stream())
        .filter(
            code -> {
              JsonNode territory = labels.find("territory", code);
              return territory != null && which.test(territory);
            })
        .toList();
  }
}
