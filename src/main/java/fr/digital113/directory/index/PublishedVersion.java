package fr.digital113.directory.index;

import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.NewestVersion;
import fr.digital113.directory.web.Version;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The version of the newest public snapshot of {@link DirectoryIndex}. */
@ApplicationScoped
class PublishedVersion implements NewestVersion {
  private final FollowedIndex everybody;

  PublishedVersion(DirectoryIndex index) {
    this.everybody = index.of(Visibility.PUBLIC);
  }

  @Override
  public @Nullable Version get() {
    return everybody.current().version();
  }
}
