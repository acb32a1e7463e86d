package fr.digital113.directory.index;

import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of each document. Lucene's stored fields are compressed by blocks, of which a page
 * would open as many as it has items; these objects are compressed each by itself, against a text
 * that has what most of them have.
 *
 * <p>For one thread, as each is read into the same memory.
 */
final class JsonColumn {
  private static final byte[] TYPICAL = typical();

  /** Names that text: what was compressed against another one cannot be read. */
  static final String EDITION = HexFormat.of().formatHex(Sha256.of(TYPICAL), 0, 3);

  /** What a number of its variable length takes at most. */
  private static final int LENGTH_BYTES = 5;

  /** LZ4 adds one byte to 255 that it cannot compress, and a few. */
  private static final int SPARE_BYTES = 64;

  private static final ThreadLocal<LZ4.FastCompressionHashTable> TABLE =
      ThreadLocal.withInitial(LZ4.FastCompressionHashTable::new);

  private final List<LeafReaderContext> leaves;
  private final String field;
  private int leaf = -1;
  private int last;
  private BinaryDocValues values = DocValues.emptyBinary();
  private byte[] memory = TYPICAL;

  JsonColumn(IndexReader reader, String field) {
    this(reader.leaves(), field);
  }

  private JsonColumn(List<LeafReaderContext> leaves, String field) {
    this.leaves = leaves;
    this.field = field;
  }

  private static byte[] typical() {
    try (InputStream in = JsonColumn.class.getResourceAsStream("/search/typical.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void add(Document document, String field, byte[] json) {
    byte[] both = Arrays.copyOf(TYPICAL, TYPICAL.length + json.length);
    System.arraycopy(json, 0, both, TYPICAL.length, json.length);
    byte[] compressed = new byte[LENGTH_BYTES + SPARE_BYTES + json.length + json.length / 128];
    var out = new ByteArrayDataOutput(compressed);
    LZ4.FastCompressionHashTable table = TABLE.get();
    try {
      out.writeVInt(json.length);
      LZ4.compressWithDictionary(both, 0, TYPICAL.length, json.length, out, table);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    document.add(new BinaryDocValuesField(field, new BytesRef(compressed, 0, out.getPosition())));
  }

  /** The object of the document with a number; null when it has none. */
  @Nullable RawJson find(int number) throws IOException {
    int of = ReaderUtil.subIndex(number, leaves);
    int within = number - leaves.get(of).docBase;
    if (of != leaf || within <= last) { // they are read forwards
      leaf = of;
      values = DocValues.getBinary(leaves.get(of).reader(), field);
    }
    last = within;
    return values.advanceExact(within) ? read(values.binaryValue()) : null;
  }

  /** The same of a document that has one. */
  RawJson get(int number) throws IOException {
    return Objects.requireNonNull(find(number), "no " + field);
  }

  /** What a document was given; null when it was given nothing. */
  static @Nullable RawJson of(Document document, String field) {
    BytesRef compressed = document.getBinaryValue(field);
    try {
      return compressed == null ? null : new JsonColumn(List.of(), field).read(compressed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private RawJson read(BytesRef compressed) throws IOException {
    var in = new ByteArrayDataInput(compressed.bytes, compressed.offset, compressed.length);
    int length = in.readVInt();
    if (memory.length < TYPICAL.length + length) {
      memory = Arrays.copyOf(TYPICAL, TYPICAL.length + 2 * length);
    }
    LZ4.decompress(in, length, memory, TYPICAL.length);
    return new RawJson(memory, TYPICAL.length, length);
  }
}
