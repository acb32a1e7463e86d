package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path parent;

  @Test
  void makesItsPartsWhenAskedAndForItsOwnerOnly() throws IOException {
    DataFolder folder = new DataFolder(parent.resolve("a/b"));
    assertThat(folder.root()).doesNotExist();
    assertThat(folder.index()).isEqualTo(parent.resolve("a/b/index")).isEmptyDirectory();
    assertThat(folder.uploads()).isEqualTo(parent.resolve("a/b/uploads")).isEmptyDirectory();
    assertThat(folder.privateIndex())
        .isEqualTo(parent.resolve("a/b/private-index"))
        .isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.privateIndex())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.uploads())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.incoming())))
        .isEqualTo("rwx------");
  }

  @Test
  void isLockedUntilTheLockIsClosed() throws IOException {
    DataFolder folder = new DataFolder(parent);
    try (DataFolder.Lock lock = folder.lock()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(folder::lock)
          .isInstanceOf(StartupFailure.class)
          .hasMessage(
              "The data folder %s is in use by another instance (process %d). Stop that one, or set DIRECTORY_DATA_DIR to another folder.",
              parent, ProcessHandle.current().pid());
    }
    folder.lock().close();
  }

  @Test
  void refusesAPlaceThatIsAFile() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> new DataFolder(file).lock())
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "The data folder %s cannot be created (there is a file of that name). Move it away, or set DIRECTORY_DATA_DIR to another folder.",
            file);
  }

  @Test
  void refusesAFolderWhoseLockCannotBeOpened() throws IOException {
    Files.createDirectory(parent.resolve("lock"));
    assertThatThrownBy(() -> new DataFolder(parent).lock())
        .isInstanceOf(StartupFailure.class)
        .hasMessageStartingWith("The data folder %s cannot be written (".formatted(parent));
  }
}
