package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.Visibility;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens indexes of the running test's database, in folders of their own. */
@Singleton
class OwnIndexes {
  private final ChangeFeed feed;
  private final Instance<IndexedType> types;
  private final ObjectMapper mapper;

  OwnIndexes(ChangeFeed feed, @Any Instance<IndexedType> types, ObjectMapper mapper) {
    this.feed = feed;
    this.types = types;
    this.mapper = mapper;
  }

  OwnIndex open(Path folder) {
    return open(Visibility.PUBLIC, folder);
  }

  OwnIndex open(Visibility side, Path folder) {
    return closed(side, folder).open();
  }

  OwnIndex closed(Visibility side, Path folder) {
    return new OwnIndex(side, feed, types.stream().toList(), mapper, folder);
  }
}
