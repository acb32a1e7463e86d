package fr.digital113.directory.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** What a sort key is, and how a cursor writes it. */
enum KeyType {
  /** A {@link BytesRef}, or null for an item without one. */
  TEXT {
    @Override
    void write(@Nullable Object key, DataOutputStream out) throws IOException {
      BytesRef text = (BytesRef) key;
      out.writeInt(text == null ? ABSENT : text.length);
      if (text != null) {
        out.write(text.bytes, text.offset, text.length);
      }
    }

    @Override
    @Nullable Object read(DataInputStream in) throws IOException {
      int length = in.readInt();
      if (length == ABSENT) {
        return null;
      }
      if (length < 0 || length > in.available()) {
        throw new IllegalArgumentException("a text of " + length + " bytes");
      }
      return new BytesRef(in.readNBytes(length));
    }
  },
  /** A {@link Long}. */
  NUMBER {
    @Override
    void write(@Nullable Object key, DataOutputStream out) throws IOException {
      out.writeLong(((Number) present(key)).longValue());
    }

    @Override
    Object read(DataInputStream in) throws IOException {
      return in.readLong();
    }
  },
  /** A {@link Double}. */
  DISTANCE {
    @Override
    void write(@Nullable Object key, DataOutputStream out) throws IOException {
      out.writeDouble(((Number) present(key)).doubleValue());
    }

    @Override
    Object read(DataInputStream in) throws IOException {
      double number = in.readDouble();
      if (Double.isNaN(number)) {
        throw new IllegalArgumentException("not a number");
      }
      return number;
    }
  },
  /** A {@link Float}, Lucene's score. */
  SCORE {
    @Override
    void write(@Nullable Object key, DataOutputStream out) throws IOException {
      out.writeFloat(((Number) present(key)).floatValue());
    }

    @Override
    Object read(DataInputStream in) throws IOException {
      float number = in.readFloat();
      if (Float.isNaN(number)) {
        throw new IllegalArgumentException("not a number");
      }
      return number;
    }
  };

  private static final int ABSENT = -1;

  abstract void write(@Nullable Object key, DataOutputStream out) throws IOException;

  /**
   * @throws IllegalArgumentException when there is no key of this type
   */
  abstract @Nullable Object read(DataInputStream in) throws IOException;

  private static Object present(@Nullable Object key) {
    if (key == null) {
      throw new IllegalStateException("a sort key without a value");
    }
    return key;
  }
}
