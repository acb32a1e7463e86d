package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks an xlsx once to nowhere before it is read: finds damage, and archives made to fill the
 * memory. The reader has no limits of its own, and the sizes that an archive states may lie.
 */
final class XlsxLimits {
  private static final long LARGEST = 2L << 30;

  /** The reader holds the shared strings in memory. */
  private static final long LARGEST_STRINGS = 256L << 20;

  /** Real sheets pack 5 to 40 times; small files may pack more. */
  private static final int HIGHEST_RATIO = 150;

  private static final long RATIO_FROM = 32L << 20;

  private XlsxLimits() {}

  /**
   * @throws UnreadableFileException when the archive is damaged or unpacks to too much
   */
  static void check(Path file) throws IOException {
    long packed = Files.size(file);
    long unpacked = 0;
    byte[] buffer = new byte[1 << 16];
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            crc.update(buffer, 0, read);
            size += read;
            unpacked += read;
            if (unpacked > LARGEST
                || unpacked > RATIO_FROM && unpacked / packed > HIGHEST_RATIO
                || size > LARGEST_STRINGS && entry.getName().endsWith("sharedStrings.xml")) {
              throw new UnreadableFileException(
                  new Text(
                      "Le classeur est trop volumineux une fois décompressé : enregistrez-le en"
                          + " CSV.",
                      "The workbook is too large once unpacked: save it as CSV."));
            }
          }
        }
        if (entry.getCrc() != crc.getValue()) {
          throw damaged();
        }
      }
    } catch (ZipException damaged) {
      throw damaged();
    } catch (java.io.EOFException truncated) {
      throw damaged();
    }
  }

  private static UnreadableFileException damaged() {
    return new UnreadableFileException(
        new Text(
            "Le classeur xlsx est endommagé ou n'en est pas un.",
            "The xlsx workbook is damaged, or is none."));
  }
}
