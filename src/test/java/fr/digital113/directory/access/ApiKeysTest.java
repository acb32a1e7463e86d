package fr.digital113.directory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which keys open something, how soon that changes, and what it costs to ask. */
class ApiKeysTest {
  private static final String KEY = "d113_partner_ab12cd_secret";

  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final UUID partner = UUID.randomUUID();
  private Jdbi jdbi;
  private ApiKeys keys;

  @BeforeEach
  void storeAKey() {
    jdbi = database.jdbi();
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into partner (id, name, plan) values (?, 'Agence', 'gold')", partner);
          handle.execute(
              "insert into api_key (partner, label, roles, origins, key_hash)"
                  + " values (?, 'site', '{partner}', '{https://a.example}', ?)",
              partner,
              ApiKey.hash(KEY));
        });
    keys =
        new ApiKeys(
            Jdbi.create(
                () -> {
                  if (away.get()) {
                    throw new SQLException("away", "08006");
                  }
                  connections.incrementAndGet();
                  return jdbi.open().getConnection();
                }),
            clock);
  }

  @Test
  void knowsWhatAKeyMayDo() {
    ApiKeys.Known known = keys.find(KEY).orElseThrow();

    assertThat(known.roles()).containsExactly(Role.PARTNER);
    assertThat(known.plan()).isEqualTo("gold");
    assertThat(known.origins()).isEqualTo(Set.of("https://a.example"));
    assertThat(keys.peek(ApiKey.hash(KEY))).contains(known);
    assertThat(keys.find(KEY + "x")).isEmpty();
    assertThat(keys.find("")).isEmpty();
  }

  @Test
  void refusesARevokedKeyWithinFiveSeconds() {
    assertThat(keys.find(KEY)).isPresent();
    change("revoked_at = now()");
    clock.pass(Duration.ofSeconds(5));

    assertThat(keys.find(KEY)).isEmpty();
  }

  @Test
  void refusesARevokedKeyAlsoWhenTheClockWasSetBack() {
    assertThat(keys.find(KEY)).isPresent();
    change("revoked_at = now()");
    clock.pass(Duration.ofHours(-1));

    assertThat(keys.find(KEY)).isEmpty();
  }

  @Test
  void refusesARevokedKeyAtOnceWhereItWasRevoked() {
    assertThat(keys.find(KEY)).isPresent();
    change("revoked_at = now()");
    keys.readAgain();

    assertThat(keys.find(KEY)).isEmpty();
  }

  @Test
  void refusesAnExpiredKeyAtThatMoment() {
    change("expires_at = now() + interval '1 hour'");
    assertThat(keys.find(KEY)).isPresent();
    away.set(true);
    clock.pass(Duration.ofHours(1));

    assertThatThrownBy(() -> keys.find(KEY)).isInstanceOf(ConnectionException.class);
    away.set(false);
    clock.pass(Duration.ofSeconds(5));
    assertThat(keys.find(KEY)).isEmpty();
  }

  @Test
  void refusesTheKeysOfAPartnerThatIsRemoved() {
    assertThat(keys.find(KEY)).isPresent();
    jdbi.useHandle(handle -> handle.execute("delete from partner"));
    clock.pass(Duration.ofSeconds(5));

    assertThat(keys.find(KEY)).isEmpty();
  }

  @Test
  void asksTheDatabaseOnceHoweverManyKeysAreTried() {
    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("wrong-key-" + i)).isEmpty();
      assertThat(keys.find(KEY)).isPresent();
    }

    assertThat(connections).hasValue(1);
  }

  @Test
  void remembersGoodKeysForFifteenMinutesWhilePostgresqlIsAway() {
    assertThat(keys.find(KEY)).isPresent();
    away.set(true);
    clock.pass(Duration.ofMinutes(15).minusSeconds(1));

    assertThat(keys.find(KEY)).isPresent();
    assertThatThrownBy(() -> keys.find("wrong")).isInstanceOf(ConnectionException.class);
    clock.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> keys.find(KEY)).isInstanceOf(ConnectionException.class);
  }

  @Test
  void remembersGoodKeysThatNobodyHasUsedYet() {
    keys.prepare();
    away.set(true);
    clock.pass(Duration.ofMinutes(1));

    assertThat(keys.find(KEY)).isPresent();
  }

  @Test
  void remembersGoodKeysAlsoWhenOneWasChangedJustBefore() {
    assertThat(keys.find(KEY)).isPresent();
    keys.readAgain();
    away.set(true);

    assertThat(keys.find(KEY)).isPresent();
  }

  @Test
  void writesTheDayOfTheLastUseOnceADay() {
    UUID key = keys.find(KEY).orElseThrow().id();
    AtomicInteger writes = new AtomicInteger();
    KeyUse use =
        new KeyUse(
            Jdbi.create(
                () -> {
                  writes.incrementAndGet();
                  return jdbi.open().getConnection();
                }),
            clock);
    for (int i = 0; i < 3; i++) {
      use.note(key);
      use.write();
    }
    assertThat(writes).hasValue(1);
    clock.pass(Duration.ofDays(1));
    use.note(key);
    use.write();

    assertThat(writes).hasValue(2);
    assertThat(select(Integer.class, "select last - current_date from api_key_use")).hasSize(1);
  }

  @Test
  void auditsEveryChangeOfAKeyWithoutItsHash() {
    change("revoked_at = now()");

    assertThat(
            select(
                String.class,
                "select document::text from audit_image where type = 'api_key' order by revision"))
        .hasSize(2)
        .allSatisfy(image -> assertThat(image).contains("\"site\"").doesNotContain("hash"));
    assertThat(
            select(
                    Integer.class,
                    "select count(*) from public_change where type in ('api_key', 'partner')")
                .get(0))
        .isZero();
  }

  private void change(String assignment) {
    jdbi.useHandle(handle -> handle.execute("update api_key set " + assignment));
  }

  private <T> List<T> select(Class<T> type, String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(type).list());
  }
}
