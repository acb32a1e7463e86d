package fr.digital113.directory.index;

import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.LogHead;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What an index is built of, unless the program is to end: then nobody will read the index. */
record ViewUntilTheEnd(ChangeFeed.View view, BooleanSupplier ending) implements ChangeFeed.View {

  /** The program is to end. */
  static final class EndingException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public LogHead head() {
    return view.head();
  }

  @Override
  public void changesAfter(long revision, Collection<String> types, Consumer<FeedItem> consumer) {
    view.changesAfter(
        revision,
        types,
        item -> {
          if (ending.getAsBoolean()) {
            throw new EndingException();
          }
          consumer.accept(item);
        });
  }

  @Override
  public void content(Collection<String> types, ChangeFeed.ContentConsumer consumer) {
    view.content(types, consumer);
  }
}
