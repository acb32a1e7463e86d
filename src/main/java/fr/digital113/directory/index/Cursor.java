package fr.digital113.directory.index;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Sha256;
import fr.digital113.directory.web.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered list: between two items, looking forwards or backwards. Opaque to callers,
 * and bound to the list, its filters, its order and the epoch of the database by a fingerprint. It
 * is sealed with that, so that one that was damaged on its way is refused and ends no walk early.
 *
 * @param keys the sort keys of the item next to the place, each of its {@link KeyType}
 */
record Cursor(long fingerprint, boolean backwards, List<@Nullable Object> keys) {
  String encode(List<KeyType> types) {
    var place = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(place)) {
      out.writeBoolean(backwards);
      for (int i = 0; i < keys.size(); i++) {
        types.get(i).write(keys.get(i), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    ByteBuffer sealed = ByteBuffer.allocate(Long.BYTES + place.size());
    sealed.putLong(seal(fingerprint, place.toByteArray())).put(place.toByteArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
  }

  private static long seal(long fingerprint, byte[] place) {
    byte[] all =
        ByteBuffer.allocate(Long.BYTES + place.length).putLong(fingerprint).put(place).array();
    return ByteBuffer.wrap(Sha256.of(all)).getLong();
  }

  /**
   * @throws ProblemException when the text is no cursor, a damaged one, or one of another list,
   *     filter, order or epoch
   */
  static Cursor decode(String text, long fingerprint, List<KeyType> types) {
    try (var in =
        new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      long seal = in.readLong();
      in.mark(Integer.MAX_VALUE);
      if (seal != seal(fingerprint, in.readAllBytes())) {
        throw invalid();
      }
      in.reset();
      boolean backwards = in.readBoolean();
      List<@Nullable Object> keys = new ArrayList<>();
      for (KeyType type : types) {
        keys.add(type.read(in));
      }
      if (in.read() != -1 || keys.get(keys.size() - 1) == null) { // the last is an id
        throw invalid();
      }
      return new Cursor(fingerprint, backwards, keys);
    } catch (IOException | IllegalArgumentException malformed) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_CURSOR,
        new Text(
            "Ce curseur n'est pas celui de cette requête : reprenez depuis la première page, sans « cursor ».",
            "This cursor does not belong to this request: start again from the first page, without \"cursor\"."));
  }
}
