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

/** Factories that several write at once. */
@QuarkusTest
class FactoryRacesTest {
  private static final String OBJETS = "/v1/factories/objets-connectes";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String PIXELS_LEADS =
      "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\"}]}";

  private final Editor team = Editor.team();
  private final ExecutorService editors = Executors.newFixedThreadPool(2);

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

  private static void endMembership(Handle database) {
    database.execute(
        "update membership set left_on = directory_today() where company = ?::uuid", PIXELS);
  }

  @Test
  void ofTwoEditorsWithOneVersionOneWinsAndNothingIsLost() throws Exception {
    String etag = team.readAt(OBJETS).header("ETag");
    List<Callable<Response>> edits =
        List.of(
            () -> team.patchAt(OBJETS, etag, "{\"participants\": [\"pixels-mediterranee\"]}"),
            () -> team.patchAt(OBJETS, etag, "{\"participants\": [\"capteurs-d-oc\"]}"));

    List<Integer> statuses = new ArrayList<>();
    for (Future<Response> each : editors.invokeAll(edits)) {
      statuses.add(each.get().statusCode());
    }

    assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    assertThat(team.readAt(OBJETS).<List<String>>path("participants"))
        .containsExactly(statuses.get(0) == 200 ? PIXELS : Editor.CAPTEURS);
  }

  @Test
  void aCompanyThatHasJustLeftDoesNotBecomeALead() throws Exception {
    Future<Response> edit;
    try (Handle leaving = jdbi.open()) {
      leaving.begin();
      endMembership(leaving);
      leaving.execute("set constraints membership_changed immediate"); // holds the company
      edit = editors.submit(() -> team.patchAt(OBJETS, "*", PIXELS_LEADS));
      awaitThatItWaits(edit);
      leaving.commit();
    }

    Response refused = edit.get();
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactly("/leads factory_lead_is_member");
    Response now = team.readAt(OBJETS);
    assertThat(now.<String>path("status")).isEqualTo("active");
    assertThat(now.<List<String>>path("leads.company")).doesNotContain(PIXELS);
  }

  @Test
  void aLeadWhoseMembershipEndsWhileItIsMadeOneIsLostAtOnce() {
    try (Handle leaving = jdbi.open()) {
      leaving.begin();
      endMembership(leaving);
      team.patchAt(OBJETS, "*", PIXELS_LEADS).then().statusCode(200);
      leaving.commit();
    }

    Response now = team.readAt(OBJETS);
    assertThat(now.<String>path("status")).isEqualTo("needs_lead");
    assertThat(now.<List<String>>path("leads.company")).containsExactly(Editor.CAPTEURS);
  }

  @Test
  void anEditorLearnsOfALeadThatWasLostSince() {
    String etag = team.readAt(OBJETS).header("ETag");
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid",
        Editor.CAPTEURS);

    team.patchAt(OBJETS, etag, "{\"mission\": {\"fr\": \"Autre.\"}}").then().statusCode(412);
  }

  /** Until the edit waits for the lock of another transaction. */
  private void awaitThatItWaits(Future<Response> edit) {
    while (!edit.isDone()
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
