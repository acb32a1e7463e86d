package fr.digital113.directory.sync;

import fr.digital113.directory.changes.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a copy stands. It is opaque to clients, and holds all that a server needs to go on.
 *
 * @param epoch of the database that the revisions belong to
 * @param issuedAt when it began to live
 * @param filter the parameters that say what is copied, in their canonical form
 * @param meaning a hash of what the filter meant
 * @param base the copy holds all that it was meant to hold at this revision
 * @param walk where the snapshot goes on; null once it is complete
 * @param place up to where changes were read; meaningless during the walk
 */
public record SyncToken(
    String epoch,
    Instant issuedAt,
    String filter,
    long meaning,
    long base,
    @Nullable Walk walk,
    Place place) {

  /**
   * A place in a snapshot.
   *
   * @param type the number of the type that is being read
   * @param id behind which item; empty for the first
   */
  public record Walk(int type, String id) {}

  /** All that decides what comes next; equal for clients that stand at the same place. */
  record Standing(String epoch, String filter, long meaning, long base, Place place) {}

  Standing standing() {
    return new Standing(epoch, filter, meaning, base, place);
  }

  /** The same copy behind a later place; its life begins anew. */
  public SyncToken at(Place later, Instant now) {
    return new SyncToken(epoch, now, filter, meaning, base, null, later);
  }

  /** The same copy, complete at a later revision. */
  public SyncToken completeAt(long revision, Instant now) {
    return new SyncToken(epoch, now, filter, meaning, revision, null, Place.behind(revision));
  }

  /** The same snapshot, one page later. */
  SyncToken walking(Walk further) {
    return new SyncToken(epoch, issuedAt, filter, meaning, base, further, place);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeUTF(epoch);
      out.writeLong(issuedAt.getEpochSecond());
      out.writeUTF(filter);
      out.writeLong(meaning);
      out.writeLong(base);
      out.writeBoolean(walk != null);
      if (walk != null) {
        out.writeByte(walk.type());
        out.writeUTF(walk.id());
      }
      out.writeLong(place.revision());
      String type = place.type();
      String id = place.id();
      out.writeUTF(type == null ? "" : type);
      out.writeUTF(id == null ? "" : id);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #bytes} wrote. */
  static SyncToken of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new SyncToken(
          in.readUTF(),
          Instant.ofEpochSecond(in.readLong()),
          in.readUTF(),
          in.readLong(),
          in.readLong(),
          in.readBoolean() ? new Walk(in.readUnsignedByte(), in.readUTF()) : null,
          place(in.readLong(), in.readUTF(), in.readUTF()));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static Place place(long revision, String type, String id) {
    return type.isEmpty() ? Place.behind(revision) : new Place(revision, type, id);
  }
}
