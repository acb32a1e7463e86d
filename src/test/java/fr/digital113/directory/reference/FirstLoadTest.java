package fr.digital113.directory.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Starts on an empty database, and the files of other hands. */
class FirstLoadTest {
  private static final String EPCI = "epci-occitanie.csv";

  @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

  @TempDir Path folder = Path.of("");

  private final ReferenceDatabase database = ReferenceDatabase.of(migrated);

  @Test
  void loadsOnceWhenTwoProcessesStartTogether() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(2);
    try {
      ReferenceLoader loader = new ReferenceLoader(database.jdbi(), Optional.empty());
      Future<?> one = processes.submit(loader::load);
      Future<?> other = processes.submit(loader::load);
      one.get();
      other.get();
    } finally {
      processes.shutdown();
    }

    assertThat(database.revision()).isEqualTo(1);
    assertThat(database.count("select count(*) from territory")).isEqualTo(4624);
    assertThat(database.count("select count(*) from cluster")).isEqualTo(1);
  }

  @Test
  void readsOtherColumnOrdersUnknownColumnsAndAByteOrderMark() throws IOException {
    next()
        .edit(
            "departements-occitanie.csv",
            text ->
                "\uFEFF"
                    + text.lines()
                        .map(line -> List.of(line.split(",", -1)))
                        .map(
                            cells ->
                                String.join(
                                    ",",
                                    cells.get(6),
                                    "x",
                                    cells.get(4),
                                    cells.get(1),
                                    cells.get(0)))
                        .collect(Collectors.joining("\r\n")))
        .loader(database.jdbi())
        .load();

    assertThat(
            database.strings("select name || ' ' || population from territory where code = '09'"))
        .containsExactly("Ariège 155722");
  }

  @Test
  void cannotStartWithoutReferenceData() throws IOException {
    ReferenceLoader loader = next().drop(EPCI, "243100518").loader(database.jdbi());

    assertThatThrownBy(loader::loadOrKeep)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessageContaining("is not present in table \"territory\"");
    assertThat(database.count("select count(*) from naf")).isZero();
    assertThat(database.revision()).isZero();
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    assertRefused(
        new ReferenceLoader(database.jdbi(), Optional.of(folder.resolve("none"))),
        "The folder of directory.reference-dir does not exist: " + folder.resolve("none"));
  }

  @Test
  void refusesAPartOfADataSet() throws IOException {
    NextVintage part = next();
    Files.delete(folder.resolve(EPCI));

    assertRefused(
        part.loader(database.jdbi()),
        folder + " has only some of the files of \"geography\"; add " + EPCI);
  }

  @Test
  void refusesFilesWithoutAnEdition() throws IOException {
    assertRefused(
        next().write("vintages.properties", "geography=next year").loader(database.jdbi()),
        "vintages.properties must give the edition of \"geography\" as a date such as 2027-01-01; it says \"next year\"");
  }

  @Test
  void refusesAFileThatLacksAColumn() throws IOException {
    assertRefused(
        next().replace(EPCI, "siren,nom,", "siren,name,").loader(database.jdbi()),
        "epci-occitanie.csv lacks the columns nom");
  }

  @Test
  void refusesARowThatIsCutShort() throws IOException {
    assertThatThrownBy(next().add(EPCI, "200000000,CC").loader(database.jdbi())::load)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessageStartingWith("epci-occitanie.csv is not readable as CSV: ");
  }

  @Test
  void refusesAnUnreadableNumber() throws IOException {
    assertRefused(
        next().replace("communes-occitanie.csv", ",514819,", ",514 819,").loader(database.jdbi()),
        "invalid input syntax for type integer: \"514 819\"");
  }

  @Test
  void refusesACommuneThatIsThereTwice() throws IOException {
    assertRefused(
        next()
            .add(
                "communes-occitanie.csv",
                "31555,Toulouse,31,313,243100518,213105554,31000,1,43.6,1.4,hexasmal")
            .loader(database.jdbi()),
        "duplicate key value violates unique constraint \"staged_pkey\" (Key (code)=(31555) already exists.)");
  }

  private NextVintage next() throws IOException {
    return NextVintage.of(DataSet.GEOGRAPHY, "2027-01-01", folder);
  }

  private void assertRefused(ReferenceLoader loader, String message) {
    assertThatThrownBy(loader::load)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessage(message);
    assertThat(database.count("select count(*) from territory")).isZero();
  }
}
