package fr.digital113.directory.statistics.cubes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An xlsx without the moment that it was written at: a strong ETag and the checksum of a vintage
 * promise the same bytes.
 */
final class SameBytes {
  private static final String PROPERTIES = "docProps/core.xml";
  private static final Pattern CREATED =
      Pattern.compile("(<dcterms:created[^>]*>)[^<]*(</dcterms:created>)");

  private static final LocalDateTime FIRST_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

  private SameBytes() {}

  /**
   * The same file.
   *
   * @param created what it says of when it was made
   */
  static byte[] of(byte[] xlsx, Instant created) {
    ByteArrayOutputStream same = new ByteArrayOutputStream(xlsx.length);
    try (ZipFile from = ZipFile.builder().setByteArray(xlsx).get();
        ZipOutputStream to = new ZipOutputStream(same)) {
      for (ZipArchiveEntry entry : Collections.list(from.getEntriesInPhysicalOrder())) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(FIRST_OF_ZIP);
        to.putNextEntry(copy);
        to.write(entry.getName().equals(PROPERTIES) ? dated(content, created) : content);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return same.toByteArray();
  }

  private static byte[] dated(byte[] properties, Instant created) {
    return CREATED
        .matcher(new String(properties, StandardCharsets.UTF_8))
        .replaceAll("$1" + created.truncatedTo(ChronoUnit.SECONDS) + "$2")
        .getBytes(StandardCharsets.UTF_8);
  }
}
