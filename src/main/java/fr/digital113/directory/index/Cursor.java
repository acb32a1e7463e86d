package fr.digital113.directory.index;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered list: between two items, looking forwards or backwards. Opaque to callers,
 * and bound to the list, its filters, its order and the epoch of the database by a fingerprint.
 *
 * @param keys the sort keys of the item next to the place; a text, a number, or null where the item
 *     has none
 */
record Cursor(long fingerprint, boolean backwards, List<@Nullable Object> keys) {
  private static final int ABSENT = 0;
  private static final int NUMBER = 1;
  private static final int BYTES = 2;

  String encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(fingerprint);
      out.writeBoolean(backwards);
      for (Object key : keys) {
        if (key == null) {
          out.writeByte(ABSENT);
        } else if (key instanceof Long number) {
          out.writeByte(NUMBER);
          out.writeLong(number);
        } else {
          BytesRef text = (BytesRef) key;
          out.writeByte(BYTES);
          out.writeInt(text.length);
          out.write(text.bytes, text.offset, text.length);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * @throws ProblemException when the text is no cursor, or one of another list, filter, order or
   *     epoch
   */
  static Cursor decode(String text, long fingerprint, SortField[] sort) {
    try (var in =
        new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      if (in.readLong() != fingerprint) {
        throw invalid();
      }
      boolean backwards = in.readBoolean();
      List<@Nullable Object> keys = new ArrayList<>();
      for (SortField field : sort) {
        keys.add(key(in, field));
      }
      if (in.read() != -1) {
        throw invalid();
      }
      return new Cursor(fingerprint, backwards, keys);
    } catch (IOException | IllegalArgumentException malformed) {
      throw invalid();
    }
  }

  private static @Nullable Object key(DataInputStream in, SortField field) throws IOException {
    int kind = in.readByte();
    if (kind == ABSENT && field.getType() == SortField.Type.STRING) {
      return null;
    }
    if (kind == NUMBER && field.getType() == SortField.Type.LONG) {
      return in.readLong();
    }
    if (kind == BYTES && field.getType() == SortField.Type.STRING) {
      int length = in.readInt();
      if (length >= 0 && length <= in.available()) {
        return new BytesRef(in.readNBytes(length));
      }
    }
    throw invalid();
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_CURSOR,
        new Text(
            "Ce curseur n'est pas celui de cette requête : reprenez depuis la première page, sans « cursor ».",
            "This cursor does not belong to this request: start again from the first page, without \"cursor\"."));
  }
}
