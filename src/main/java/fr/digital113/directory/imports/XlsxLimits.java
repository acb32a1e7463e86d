package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks an xlsx once before it is read: finds damage, and archives made to fill the memory. The
 * reader has no limits of its own, and the sizes that an archive states may lie.
 */
final class XlsxLimits {
  private static final long LARGEST = 2L << 30;

  /** The reader streams sheets and holds other parts, such as the shared strings, in memory. */
  private static final long LARGEST_PART_HELD = 32L << 20;

  private static final int MOST_PARTS = 10_000;

  /** Real sheets pack 5 to 40 times; small files may pack more. */
  private static final int HIGHEST_RATIO = 150;

  private static final long RATIO_FROM = 32L << 20;

  private final long packed;
  private long unpacked;

  private XlsxLimits(long packed) {
    this.packed = packed;
  }

  /** Reads what it wants of one unpacked part. */
  interface PartReader {
    void read(String name, InputStream unpacked) throws IOException;
  }

  /**
   * Which part is a sheet and which the strings is up to the workbook; the names are free.
   *
   * @return whether the part may be large because the reader streams it
   */
  static boolean isStreamed(String name) {
    return name.startsWith("xl/worksheets/");
  }

  /**
   * Gives every part to the reader, and unpacks what the reader leaves of it.
   *
   * @throws UnreadableFileException when the archive is damaged or unpacks to too much
   */
  static void unpack(Path file, PartReader reader) throws IOException {
    XlsxLimits limits = new XlsxLimits(Files.size(file));
    Set<String> names = new HashSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_PARTS) {
        throw tooLarge();
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        // Of two parts with one name the reader may take the other.
        if (!names.add(entry.getName())) {
          throw XlsxTable.damaged();
        }
        limits.unpack(zip, entry, reader);
      }
    } catch (ZipException | EOFException damaged) {
      throw XlsxTable.damaged();
    }
  }

  private void unpack(ZipFile zip, ZipEntry entry, PartReader reader) throws IOException {
    String name = entry.getName();
    CRC32 crc = new CRC32();
    try (InputStream in =
        new CheckedInputStream(new Counted(zip.getInputStream(entry), isStreamed(name)), crc)) {
      reader.read(name, in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (entry.getCrc() != crc.getValue()) {
      throw XlsxTable.damaged();
    }
  }

  static UnreadableFileException tooLarge() {
    return new UnreadableFileException(
        new Text(
            "Le classeur est trop volumineux une fois décompressé : enregistrez-le en CSV.",
            "The workbook is too large once unpacked: save it as CSV."));
  }

  /** Counts what is unpacked, of this part and of all. */
  private final class Counted extends java.io.FilterInputStream {
    private final boolean streamed;
    private long size;

    Counted(InputStream in, boolean streamed) {
      super(in);
      this.streamed = streamed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        size += read;
        unpacked += read;
        if (unpacked > LARGEST
            || unpacked > RATIO_FROM && unpacked / packed > HIGHEST_RATIO
            || size > LARGEST_PART_HELD && !streamed) {
          throw tooLarge();
        }
      }
      return read;
    }
  }
}
