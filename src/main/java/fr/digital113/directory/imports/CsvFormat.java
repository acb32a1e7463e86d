package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a CSV file is written, found by reading all of it once.
 *
 * @param bom bytes to skip at the start
 */
record CsvFormat(Charset charset, char separator, int bom) {
  private static final int BLOCK = 1 << 16;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String SEPARATORS = ";,\t";

  /**
   * Valid UTF-8 is UTF-8, anything else Windows-1252: the other way round almost never happens.
   *
   * @throws UnreadableFileException when it is not text, or a quote is wrong
   */
  static CsvFormat detect(Path file) throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.readNBytes(block, 0, BLOCK);
      refuseUtf16(block, read);
      int bom = startsWithBom(block, read) ? 3 : 0;
      Quotes quotes = new Quotes(separator(block, bom, read));
      Utf8 utf8 = new Utf8();
      int from = bom;
      while (read > 0) {
        quotes.check(block, from, read);
        utf8.check(block, read);
        from = 0;
        read = in.readNBytes(block, 0, BLOCK);
      }
      quotes.checkEnd();
      Charset charset = utf8.checkEnd() ? StandardCharsets.UTF_8 : WINDOWS_1252;
      return new CsvFormat(charset, quotes.separator, bom);
    }
  }

  private static boolean startsWithBom(byte[] block, int length) {
    return length >= 3
        && block[0] == (byte) 0xEF
        && block[1] == (byte) 0xBB
        && block[2] == (byte) 0xBF;
  }

  private static void refuseUtf16(byte[] block, int length) {
    if (length >= 2
        && (block[0] == (byte) 0xFF && block[1] == (byte) 0xFE
            || block[0] == (byte) 0xFE && block[1] == (byte) 0xFF)) {
      throw new UnreadableFileException(
          new Text(
              "Le fichier est en UTF-16 : enregistrez-le en « CSV UTF-8 ».",
              "The file is in UTF-16: save it as \"CSV UTF-8\"."));
    }
  }

  /** The separator that the header line uses most outside quotes; a comma for a single column. */
  private static char separator(byte[] block, int from, int length) {
    int[] count = new int[SEPARATORS.length()];
    boolean quoted = false;
    boolean any = false;
    for (int i = from; i < length; i++) {
      char c = (char) (block[i] & 0xFF);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r') && any) {
        break;
      } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        count[SEPARATORS.indexOf(c)]++;
      }
      any |= c > ' ';
    }
    int best = 1;
    for (int i = 0; i < count.length; i++) {
      best = count[i] > count[best] ? i : best;
    }
    return SEPARATORS.charAt(best);
  }

  /** Follows the quotes through the file: a wrong one would swallow every row after it. */
  private static final class Quotes {
    private final char separator;
    private State state = State.START;
    private long line = 1;
    private long opened;
    private boolean afterReturn;

    private enum State {
      START,
      PLAIN,
      QUOTED,
      CLOSED
    }

    Quotes(char separator) {
      this.separator = separator;
    }

    void check(byte[] block, int from, int length) {
      for (int i = from; i < length; i++) {
        int c = block[i];
        if (c == 0) {
          throw new UnreadableFileException(
              new Text(
                      "Le fichier n'est pas du texte (octet nul, ligne %d).",
                      "The file is not text (a NUL byte on line %d).")
                  .with(line));
        }
        boolean end = c == '\n' || c == '\r';
        if (end && !(c == '\n' && afterReturn)) {
          line++;
        }
        afterReturn = c == '\r';
        state = after(c, end);
      }
    }

    private State after(int c, boolean end) {
      boolean delimiter = end || c == separator;
      switch (state) {
        case START -> {
          if (c == '"') {
            opened = line;
            return State.QUOTED;
          }
          return delimiter ? State.START : State.PLAIN;
        }
        case PLAIN -> {
          return delimiter ? State.START : State.PLAIN;
        }
        case QUOTED -> {
          return c == '"' ? State.CLOSED : State.QUOTED;
        }
        case CLOSED -> {
          if (c == '"') {
            return State.QUOTED;
          }
          if (!delimiter) {
            throw new UnreadableFileException(
                new Text(
                        "Ligne %d : un guillemet fermant est suivi de texte ; un guillemet dans une"
                            + " cellule s'écrit deux fois.",
                        "Line %d: text follows a closing quote; a quote inside a cell is written"
                            + " twice.")
                    .with(line));
          }
          return State.START;
        }
      }
      throw new AssertionError(state);
    }

    void checkEnd() {
      if (state == State.QUOTED) {
        throw new UnreadableFileException(
            new Text(
                    "Le guillemet ouvert ligne %d n'est jamais fermé.",
                    "The quote opened on line %d is never closed.")
                .with(opened));
      }
    }
  }

  /** One strict decoding pass; the characters are thrown away. */
  private static final class Utf8 {
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK + 8);
    private final CharBuffer characters = CharBuffer.allocate(BLOCK + 8);
    private boolean valid = true;

    void check(byte[] block, int length) {
      if (valid) {
        bytes.put(block, 0, length).flip();
        decode(false);
      }
    }

    boolean checkEnd() {
      if (valid) {
        bytes.flip();
        decode(true);
      }
      return valid;
    }

    private void decode(boolean last) {
      characters.clear();
      valid = !decoder.decode(bytes, characters, last).isError();
      bytes.compact();
    }
  }
}
