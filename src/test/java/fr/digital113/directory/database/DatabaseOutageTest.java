package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseOutageTest {
  private final Jdbi jdbi;

  DatabaseOutageTest(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Test
  void thePoolRecoversWhenPostgresqlComesBack() throws IOException {
    assertThat(answer()).isEqualTo(1);
    try (DatabaseOutage outage = DatabaseOutage.begin()) {
      assertThat(outage).isNotNull();
      assertThatThrownBy(this::answer).isInstanceOf(JdbiException.class);
    }
    assertThat(answer()).isEqualTo(1);
  }

  private int answer() {
    return jdbi.withHandle(handle -> handle.createQuery("select 1").mapTo(int.class).one());
  }
}
