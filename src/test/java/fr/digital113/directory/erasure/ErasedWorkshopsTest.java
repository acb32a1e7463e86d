package fr.digital113.directory.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person whom people named in a workshop or an event is forgotten there as well. */
@QuarkusTest
class ErasedWorkshopsTest {
  private static final String WORKSHOP = "/v1/workshops/0190a000-0000-7000-8000-0000000000b5";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject IndexCheck check;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void nothingThatWasSaidOfAPersonIsLeft() {
    fixture.sql(
        "update workshop_assessment set viability_conclusion = 'Faisable, dit Ursule Ptolémaïs.' where viability = 4");
    fixture.sql(
        "update workshop_presenter set subject = 'Plan d''Ursule Ptolémaïs' where position = 1");
    fixture.sql(
        "update event set description_fr = 'Chez Ursule Ptolémaïs.', organiser = 'Ursule Ptolémaïs' where slug = 'soiree-de-lancement'");
    fixture.sql("update event_place set place = 'Chez Ursule Ptolémaïs' where position = 1");

    team.post("/v1/erasures", "{\"names\": [\"Ursule Ptolémaïs\"], \"reason\": \"request\"}")
        .then()
        .statusCode(201);

    team.request()
        .get(WORKSHOP)
        .then()
        .statusCode(200)
        .body("assessments[0].conclusion.viability", equalTo("Faisable, dit […]."))
        .body("assessments[0].viability", equalTo(4))
        .body("presenters[0].subject", equalTo("Plan d'[…]"))
        .body("presenters[0].company.slug", equalTo("capteurs-d-oc"));
    team.request()
        .get("/v1/events/soiree-de-lancement")
        .then()
        .body("organiser.name", equalTo("[…]"))
        .body("places[0].name", equalTo("Chez […]"));
    for (String log : List.of("audit_image", "public_change")) {
      long left =
          jdbi.withHandle(
              database ->
                  database
                      .createQuery(
                          "select count(*) from "
                              + log
                              + " where document::text like '%Ptolémaïs%'")
                      .mapTo(Long.class)
                      .one());
      assertThat(left).as(log).isZero();
    }
    assertThat(check.compare().differences()).isEmpty();
  }
}
