package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meetings that several write at once, and leads who are none any more when their turn comes. */
@QuarkusTest
class MeetingRacesTest {
  private static final String OBJETS = "/v1/factories/objets-connectes/meetings";
  private static final String SERIES = "/v1/meetings/0190a000-0000-7000-8000-0000000000a1";
  private static final String ONE =
      """
      {"title": {"fr": "Revue"}, "start": "2090-02-02T18:00:00+01:00", "end": "2090-02-02T19:00:00+01:00"}
      """;

  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);
  private final ExecutorService editors = Executors.newFixedThreadPool(4);

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @AfterEach
  void stop() {
    editors.shutdown();
  }

  /** Holds the row that a write locks, lets the write come, and takes its right away. */
  private Response whileTheLeadEnds(String locked, Callable<Response> write) throws Exception {
    Future<Response> waiting;
    try (Handle team = jdbi.open()) {
      team.begin();
      team.execute(locked);
      waiting = editors.submit(write);
      awaitThatItWaits(waiting);
      team.execute(
          "update factory_lead set until = directory_today() where company = ?::uuid",
          Editor.CAPTEURS);
      team.execute("update factory set status = 'needs_lead' where slug = 'objets-connectes'");
      team.commit();
    }
    return waiting.get();
  }

  @Test
  void aLeadWhoIsNoneAnyMoreAddsNothing() throws Exception {
    Response refused =
        whileTheLeadEnds(
            "select from factory where slug = 'objets-connectes' for update",
            () -> lead.post(OBJETS, ONE));

    assertThat(refused.statusCode()).isEqualTo(404);
  }

  @Test
  void aLeadWhoIsNoneAnyMoreChangesAndDeletesNothing() throws Exception {
    String row = "select from meeting where id = '0190a000-0000-7000-8000-0000000000a1' for update";

    assertThat(
            whileTheLeadEnds(row, () -> lead.patchAt(SERIES, "*", "{\"link\": null}")).statusCode())
        .isEqualTo(404);
    fixture.load();
    assertThat(
            whileTheLeadEnds(row, () -> lead.request().header("If-Match", "*").delete(SERIES))
                .statusCode())
        .isEqualTo(404);
    assertThat(Editor.team().readAt(SERIES).<String>path("link")).isNotNull();
  }

  @Test
  void manyAtOnceMakeNoMoreThanAFactoryMayHave() throws Exception {
    fixture.sql(
        """
        insert into meeting (id, factory, title_fr, starts_at, ends_at)
        select gen_random_uuid(), '0190a000-0000-7000-8000-0000000000f1', 'x', date_trunc('second', now()) + interval '1 day',
          date_trunc('second', now()) + interval '2 days'
        from generate_series(1, 198)
        """);
    fixture.sql(
        "delete from meeting where factory = '0190a000-0000-7000-8000-0000000000f1' and title_fr <> 'x'");
    List<Callable<Response>> many = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      many.add(() -> lead.post(OBJETS, ONE));
    }

    List<Integer> statuses = new ArrayList<>();
    for (Future<Response> each : editors.invokeAll(many)) {
      statuses.add(each.get().statusCode());
    }

    assertThat(statuses).containsExactlyInAnyOrder(201, 201, 409, 409, 409, 409);
  }

  /** Until the write waits for the lock of another transaction. */
  private void awaitThatItWaits(Future<Response> write) {
    while (!write.isDone()
        && !jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())")
                    .mapTo(Boolean.class)
                    .one())) {
      Thread.onSpinWait();
    }
  }
}
