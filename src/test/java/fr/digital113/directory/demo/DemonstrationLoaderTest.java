package fr.digital113.directory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.imports.Imports;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemonstrationLoaderTest {
  @Inject DemonstrationLoader loader;
  @Inject Imports imports;
  @Inject Jdbi jdbi;

  @BeforeEach
  @AfterEach
  void empty() {
    jdbi.useTransaction(
        database -> {
          for (String table :
              List.of(
                  "event",
                  "workshop",
                  "initiative",
                  "factory_participant",
                  "factory_lead",
                  "factory",
                  "membership",
                  "company",
                  "demonstration")) {
            database.execute("delete from " + table);
          }
        });
  }

  @Test
  void aLoadThatWasCutOffIsCompletedOnce() throws IOException {
    loader.loadIfEmpty();
    List<Long> complete = counts();
    assertThat(complete).doesNotContain(0L);

    empty();
    loadMembersAlone();
    jdbi.useHandle(handle -> handle.execute("insert into demonstration default values"));
    assertThat(counts()).isNotEqualTo(complete);
    loader.loadIfEmpty();
    assertThat(counts()).isEqualTo(complete);

    jdbi.useHandle(handle -> handle.execute("delete from factory_participant"));
    long revision = revision();
    loader.loadIfEmpty();
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void aDirectoryThatTheTeamHasFilledIsNotTouched() throws IOException {
    loadMembersAlone();
    long revision = revision();
    loader.loadIfEmpty();
    assertThat(revision()).isEqualTo(revision);
    assertThat(counts().get(2)).isZero();
  }

  private void loadMembersAlone() throws IOException {
    try (InputStream members =
        Objects.requireNonNull(getClass().getResourceAsStream("/demo/members.csv"))) {
      var unused = imports.load("members", members, "test");
    }
  }

  /** Companies, memberships, Factories with who is in them, and what they do together. */
  private List<Long> counts() {
    return List.of(
            "company",
            "membership",
            "factory",
            "factory_lead",
            "factory_participant",
            "meeting",
            "initiative",
            "event",
            "workshop")
        .stream()
        .map(table -> number("select count(*) from " + table))
        .toList();
  }

  private long revision() {
    return number("select max(revision) from revision");
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
