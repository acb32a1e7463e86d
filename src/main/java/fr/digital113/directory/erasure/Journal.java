package fr.digital113.directory.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.StartupFailure;
import fr.digital113.directory.erasure.Terms.Term;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The erasures that were made, in a file beside the database: a backup that is restored does not
 * have the later ones. A line is on the disk before its erasure is committed.
 */
@Singleton
class Journal {
  private static final Logger LOG = Logger.getLogger(Journal.class);
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final Set<StandardOpenOption> APPEND =
      EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  /** Of each line; the order of the members is that of {@link Entry}. */
  private static final String BEGINNING = "{\"id\":\"";

  private final Path file;

  /**
   * One erasure.
   *
   * @param at when, RFC 3339
   * @param key of the hashes
   * @param terms keyed hashes
   */
  record Entry(UUID id, String at, String reason, String key, List<Term> terms) {}

  Journal(ErasureSettings settings, DataFolder dataFolder) {
    Path folder = settings.journal().map(DataFolder::made).orElseGet(dataFolder::erasures);
    this.file = folder.resolve("journal.ndjson");
  }

  /** Notes an erasure; it is on the disk when this returns. */
  synchronized void append(Entry entry) {
    try (FileChannel channel =
        FileChannel.open(file, APPEND, DataFolder.ownerOnly(file, "rw-------"))) {
      // What a killed process left unfinished at the end stays a line of its own.
      String start = channel.size() > 0 && !endsWithLine() ? "\n" : "";
      ByteBuffer line =
          ByteBuffer.wrap(
              (start + MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean endsWithLine() throws IOException {
    byte[] all = Files.readAllBytes(file);
    return all[all.length - 1] == '\n';
  }

  /** All that were noted, in their order, each once. */
  synchronized List<Entry> entries() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<Entry> entries = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        Entry entry = line.isBlank() ? null : parsed(line, number);
        if (entry != null && entries.stream().noneMatch(known -> known.id().equals(entry.id()))) {
          entries.add(entry);
        }
      }
      return entries;
    } catch (IOException failure) {
      throw new UncheckedIOException("The journal of erasures cannot be read: " + file, failure);
    }
  }

  /** Whether it is the beginning of a line, be it the first byte alone. */
  private static boolean isCutOff(String line) {
    return line.startsWith(BEGINNING) && !line.endsWith("}") || BEGINNING.startsWith(line);
  }

  /** Null for a line that was cut off: its erasure was never committed. */
  private @Nullable Entry parsed(String line, int number) {
    try {
      return MAPPER.readValue(line, Entry.class);
    } catch (JsonProcessingException cutOff) {
      if (isCutOff(line)) {
        LOG.warnf("Line %d of %s was cut off and is passed over", number, file);
        return null;
      }
      throw new StartupFailure(
          "Line %d of the journal of erasures is damaged: %s. Restore the file from its copy."
              .formatted(number, file));
    }
  }
}
