package fr.digital113.directory.calendar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ical4j makes of a calendar is what the list of meetings says, over three years. */
@QuarkusTest
class ApiAndCalendarsAgreeTest {
  private static final Instant FROM = Instant.parse("2025-12-31T23:00:00Z");
  private static final Instant TO = Instant.parse("2028-12-31T23:00:00Z");
  private static final String WINDOW = "from=2026-01-01&to=2029-01-01&limit=200";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    fixture.sql( // at the times that the clocks leave out, and have twice; across them; without end
        """
        insert into meeting (id, factory, title_fr, starts_at, ends_at, rule, commune, publication) values
          ('0190a000-0000-7000-8000-0000000000d1', '0190a000-0000-7000-8000-0000000000f1', 'Nuit', '2026-03-01 02:30 Europe/Paris',
           '2026-03-01 03:30 Europe/Paris', 'FREQ=WEEKLY', '31555', 'published'),
          ('0190a000-0000-7000-8000-0000000000d2', '0190a000-0000-7000-8000-0000000000f3', 'Longue', '2026-01-03 22:00 Europe/Paris',
           '2026-01-04 04:00 Europe/Paris', 'FREQ=WEEKLY;INTERVAL=2;WKST=MO', '34172', 'published'),
          ('0190a000-0000-7000-8000-0000000000d3', '0190a000-0000-7000-8000-0000000000f3', 'Mensuelle', '2026-01-30 09:00 Europe/Paris',
           '2026-01-30 10:00 Europe/Paris', 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=20', null, 'published')
        """);
    fixture.sql(
        """
        insert into meeting_occurrence (meeting, recurrence_id, status, starts_at, ends_at, commune) values
          ('0190a000-0000-7000-8000-0000000000d1', '20260308T013000Z', 'cancelled', null, null, null),
          ('0190a000-0000-7000-8000-0000000000d1', '20260315T013000Z', null, '2026-03-29 03:30 Europe/Paris', '2026-03-29 04:30 Europe/Paris', '81004'),
          ('0190a000-0000-7000-8000-0000000000d3', '20260227T080000Z', 'tentative', null, null, '31555'),
          ('0190a000-0000-7000-8000-0000000000d3', '20260327T080000Z', null, '2026-03-28 09:00 Europe/Paris', '2026-03-28 11:00 Europe/Paris', null)
        """);
  }

  /** The occurrences that lists say there are. */
  private static List<Read> listed(Supplier<RequestSpecification> caller, String path) {
    List<Read> all = new ArrayList<>();
    String next = path;
    while (next != null) {
      JsonNode page = Fixture.parsed(caller.get().urlEncodingEnabled(false).get(next).asString());
      for (JsonNode each : page.path("data")) {
        all.add(
            new Read(
                each.path("uid").asText(),
                each.path("recurrenceId").textValue(),
                OffsetDateTime.parse(each.path("start").asText()).toInstant(),
                OffsetDateTime.parse(each.path("end").asText()).toInstant(),
                each.path("status").asText()));
      }
      next = page.at("/page/next").textValue();
    }
    return all.stream().sorted(Read.ORDER).toList();
  }

  private static byte[] calendar(String path) {
    Response answer = given().urlEncodingEnabled(false).get(path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.asByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lang=fr", "sector=iot", "factory=jeux-serieux", "territory=herault"})
  void forEverybody(String filter) {
    List<Read> listed = listed(() -> given(), "/v1/meetings?" + WINDOW + "&" + filter);

    assertThat(Ical4jReader.read(calendar("/v1/meetings.ics?" + filter), FROM, TO))
        .isEqualTo(listed);
    assertThat(listed).hasSizeGreaterThan(50);
  }

  /** With occurrences that take place elsewhere, or alone there. */
  @ParameterizedTest
  @ValueSource(strings = {"31", "haute-garonne", "toulouse"})
  void forATerritory(String territory) {
    List<Read> listed = listed(() -> given(), "/v1/meetings?" + WINDOW + "&territory=" + territory);
    List<Read> read =
        Ical4jReader.read(calendar("/v1/territories/" + territory + "/meetings.ics"), FROM, TO);

    // ical4j is given the one occurrence of the last series that is there without the series.
    assertThat(read.stream().map(ApiAndCalendarsAgreeTest::withoutAlone).toList())
        .isEqualTo(listed.stream().map(ApiAndCalendarsAgreeTest::withoutAlone).toList());
    assertThat(listed).hasSizeGreaterThan(100);
    String text =
        new String(
            calendar("/v1/territories/" + territory + "/meetings.ics"), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("EXDATE;TZID=Europe/Paris:20260315T023000")
        .contains("RECURRENCE-ID;TZID=Europe/Paris:20260227T090000")
        .doesNotContain("RRULE:FREQ=MONTHLY;COUNT=20");
  }

  private static Read withoutAlone(Read read) {
    return read.uid().contains("d3@")
        ? new Read(read.uid(), null, read.start(), read.end(), read.status())
        : read;
  }

  @Test
  void forAFactory() {
    assertThat(Ical4jReader.read(calendar("/v1/factories/objets-connectes/meetings.ics"), FROM, TO))
        .isEqualTo(listed(() -> given(), "/v1/factories/objets-connectes/meetings?" + WINDOW));
  }

  @Test
  void forAMemberAtItsOwnAddress() {
    Editor member = Editor.memberOf("0190a000-0000-7000-8000-000000000005");
    String url = member.post("/v1/calendars", "{}").path("url");

    List<Read> meetings =
        Ical4jReader.read(calendar(url), FROM, TO).stream()
            .filter(each -> !each.uid().contains("000b")) // events and workshops
            .toList();

    assertThat(meetings).isEqualTo(listed(member::request, "/v1/meetings?" + WINDOW));
    assertThat(meetings).extracting(Read::uid).anyMatch(uid -> uid.contains("0a3@"));
  }
}
