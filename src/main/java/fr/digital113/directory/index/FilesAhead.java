package fr.digital113.directory.index;

import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.database.DirectorySettings;
import fr.digital113.directory.database.ProgramMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Has the files of the public index read, their checksums above all, while the database starts and
 * is migrated. {@link IndexFollower} waits for it, and goes on from there.
 */
@Singleton
class FilesAhead {
  private static final int BEFORE_THE_DATABASE = Interceptor.Priority.PLATFORM_BEFORE - 1;

  private final DirectorySettings settings;
  private final Instance<DirectoryIndex> index;

  FilesAhead(DirectorySettings settings, Instance<DirectoryIndex> index) {
    this.settings = settings;
    this.index = index; // not made for who only migrates
  }

  void open(@Observes @Priority(BEFORE_THE_DATABASE) StartupEvent event) {
    // In development a start that fails would keep the lock of the files from the next one
    if (settings.mode() == ProgramMode.SERVE && LaunchMode.current() == LaunchMode.NORMAL) {
      FollowedIndex everybody = index.get().of(Visibility.PUBLIC);
      Thread ahead = new Thread(everybody::openFilesAhead, "index-files");
      ahead.setDaemon(true);
      ahead.start();
    }
  }
}
