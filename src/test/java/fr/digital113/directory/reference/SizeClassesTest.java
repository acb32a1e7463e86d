package fr.digital113.directory.reference;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import fr.digital113.directory.web.Text;
import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SizeClassesTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);
  private static final String LATER =
      "insert into size_class values ('03', '6 à 9', '6 to 9', 6, 9, 4)";

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private final AtomicBoolean away = new AtomicBoolean();
  private SizeClasses classes;

  @BeforeEach
  void readAtStart() {
    Jdbi real = database.jdbi();
    classes =
        new SizeClasses(
            Jdbi.create(
                () -> {
                  if (away.get()) {
                    throw new SQLException("the database is away", "08006");
                  }
                  return real.open().getConnection();
                }));
    classes.load(new StartupEvent());
  }

  @Test
  void findsAClassThatAnotherProcessHasLoadedSince() {
    database.jdbi().useHandle(handle -> handle.execute(LATER));
    assertThat(classes.codes()).containsExactly("NN", "00", "01", "02");
    assertThat(classes.label("03")).isEqualTo(new Text("6 à 9", "6 to 9"));
    assertThat(classes.codes()).containsExactly("NN", "00", "01", "02", "03");
  }

  @Test
  void callsAClassByItsCodeWhenNobodyKnowsIt() {
    assertThat(classes.label("99")).isEqualTo(new Text("99", "99"));
    assertThat(classes.codes()).containsExactly("NN", "00", "01", "02");
  }

  @Test
  void callsAClassByItsCodeWhileTheDatabaseIsAwayAndByItsNameAfterwards() {
    database.jdbi().useHandle(handle -> handle.execute(LATER));
    away.set(true);
    assertThat(classes.label("03")).isEqualTo(new Text("03", "03"));
    assertThat(classes.label("01")).isEqualTo(new Text("1 ou 2", "1 or 2"));
    away.set(false);
    assertThat(classes.label("03")).isEqualTo(new Text("6 à 9", "6 to 9"));
  }
}
