package fr.digital113.directory.index;

import fr.digital113.directory.web.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.facet.StringDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;

/**
 * The public directory at one revision. Everything read from one snapshot agrees: pages, totals,
 * items.
 *
 * <p>Get one from {@link DirectoryIndex#acquire()} and close it, which only gives it back.
 */
public final class Snapshot implements AutoCloseable {
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final IndexState state;
  private final Labels labels;
  private final ConcurrentMap<String, StringDocValuesReaderState> facets =
      new ConcurrentHashMap<>();

  Snapshot(DirectoryReader reader, IndexState state, Labels labels) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.state = state;
    this.labels = labels;
  }

  /** The newest revision with a public change that this snapshot holds. */
  public long revision() {
    return state.publicRevision();
  }

  /** What an answer read from this snapshot is validated by. */
  public Version version() {
    return new Version(revision(), state.epoch().substring(0, 8) + '.' + IndexState.VERSION);
  }

  /** Names the way in which this program indexes and understands texts. */
  public String edition() {
    return IndexState.VERSION;
  }

  /** The newest revision, public or not, that this snapshot holds. */
  public long appliedRevision() {
    return state.revision();
  }

  /** The epoch of the database that the revisions belong to. */
  public String epoch() {
    return state.epoch();
  }

  /**
   * The items of the types that others show texts of, in memory: sectors, territories, Factories.
   */
  public Labels labels() {
    return labels;
  }

  /** The values of a facet, numbered over all segments: made when first asked for, and once. */
  StringDocValuesReaderState facetValues(String name) {
    return facets.computeIfAbsent(
        name,
        each -> {
          try {
            return new StringDocValuesReaderState(reader, Fields.facet(each));
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  IndexSearcher searcher() {
    return searcher;
  }

  DirectoryReader reader() {
    return reader;
  }

  /** Takes it once more, for somebody who closes it later. */
  Snapshot retain() {
    reader.incRef();
    return this;
  }

  boolean tryAcquire() {
    return reader.tryIncRef();
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
