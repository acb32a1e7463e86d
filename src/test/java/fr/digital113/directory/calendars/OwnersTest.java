package fr.digital113.directory.calendars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long an address is remembered while the database is away. */
class OwnersTest {
  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  private final AtomicBoolean away = new AtomicBoolean();
  private final SettableClock clock = new SettableClock();
  private final Token token = Token.generate();
  private final Token other = Token.generate();
  private Jdbi jdbi;
  private Owners owners;

  @BeforeEach
  void storeTwo() {
    jdbi = database.jdbi();
    for (Token each : new Token[] {token, other}) {
      jdbi.useHandle(
          handle ->
              handle.execute(
                  "insert into calendar_subscription (id, token_hash, actor) values (?, ?, 'key:1')",
                  UUID.randomUUID(),
                  each.hash()));
    }
    owners =
        new Owners(
            Jdbi.create(
                () -> {
                  if (away.get()) {
                    throw new SQLException("away", "08006");
                  }
                  return jdbi.open().getConnection();
                }),
            clock);
  }

  @Test
  void aQuarterOfAnHourForOneThatWasGood() {
    assertThat(owners.find(token)).isPresent();
    away.set(true);

    clock.pass(Owners.REMEMBERED.minusSeconds(1));
    assertThat(owners.find(token)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> owners.find(token)).isInstanceOf(ConnectionException.class);
  }

  @Test
  void notAtAllForOneThatNobodyAskedForOrThatWasTakenBack() {
    assertThat(owners.find(token)).isPresent();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "delete from calendar_subscription where token_hash = ?", (Object) token.hash()));
    assertThat(owners.find(token)).isEmpty();
    away.set(true);

    assertThatThrownBy(() -> owners.find(token)).isInstanceOf(ConnectionException.class);
    assertThatThrownBy(() -> owners.find(other)).isInstanceOf(ConnectionException.class);
    assertThat(owners.find(new Token("x"))).isEmpty();
  }
}
