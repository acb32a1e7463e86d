package fr.digital113.directory.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The Lucene files of one process: opened when sound, thrown away when not. */
final class IndexStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IndexStore.class);
  private static final double WRITE_BUFFER_MB = 32;

  private final Directory directory;
  private final IndexWriter writer;
  private final @Nullable IndexState committed;

  private IndexStore(Directory directory, IndexWriter writer, @Nullable IndexState committed) {
    this.directory = directory;
    this.writer = writer;
    this.committed = committed;
  }

  /** Opens the index in a folder, empty when it is missing, damaged or of another version. */
  static IndexStore open(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      return openSound(folder);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | java.nio.file.NoSuchFileException
        | java.io.EOFException
        | NumberFormatException damage) { // the last for a file such as "segments_1 (copy)"
      LOG.warnf("The index is damaged and will be built again (%s)", damage.getMessage());
      empty(folder);
      return openSound(folder);
    }
  }

  /** The same, but leaves it as it is when it is damaged, and fails. */
  static IndexStore openSound(Path folder) throws IOException {
    Directory directory = FSDirectory.open(folder);
    try {
      IndexState state = verifiedState(directory);
      IndexWriterConfig config =
          new IndexWriterConfig()
              .setRAMBufferSizeMB(WRITE_BUFFER_MB)
              .setCommitOnClose(false)
              .setIndexSort(Sorting.ofFiles())
              .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
              .setOpenMode(
                  state == null
                      ? IndexWriterConfig.OpenMode.CREATE
                      : IndexWriterConfig.OpenMode.APPEND);
      return new IndexStore(directory, new IndexWriter(directory, config), state);
    } catch (IOException | RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  /**
   * What the last commit holds, after the checksum of every file was verified; null when unusable.
   */
  private static @Nullable IndexState verifiedState(Directory directory) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return IndexState.read(reader.getIndexCommit().getUserData());
    } catch (IndexNotFoundException absent) {
      return null;
    }
  }

  /** What the files of a folder say of themselves, unverified; null when they say nothing. */
  static @Nullable IndexState lastCommit(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return IndexState.seen(SegmentInfos.readLatestCommit(directory).getUserData());
    } catch (IndexNotFoundException
        | CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | java.nio.file.NoSuchFileException
        | java.io.EOFException
        | NumberFormatException damage) {
      return null; // told when the index is opened
    }
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .filter(file -> !file.equals(folder))
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
    }
  }

  IndexWriter writer() {
    return writer;
  }

  /** The state that the files held when they were opened; null when the index starts empty. */
  @Nullable IndexState committed() {
    return committed;
  }

  void commit(IndexState state) throws IOException {
    writer.setLiveCommitData(state.toCommit().entrySet());
    writer.commit();
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      writer.close();
    }
  }
}
