package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** A JSON object that was written when its item was indexed; goes into an answer as it is. */
public final class RawJson implements JsonSerializable {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] utf8;

  public RawJson(byte[] utf8, int offset, int length) {
    this(Arrays.copyOfRange(utf8, offset, offset + length));
  }

  private RawJson(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** The same object with one more member at its end. */
  public RawJson with(String name, Number number) {
    return withJson(name, number.toString());
  }

  /** The same object with an object as one more member at its end. */
  public RawJson with(String name, RawJson object) {
    return withJson(name, object.toString());
  }

  private RawJson withJson(String name, String json) {
    byte[] member = (",\"" + name + "\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(utf8, utf8.length - 1 + member.length);
    System.arraycopy(member, 0, longer, utf8.length - 1, member.length);
    return new RawJson(longer);
  }

  /** The same object with some of its members only, in its own order. */
  public RawJson only(Collection<String> members) {
    var shorter = new ByteArrayOutputStream(utf8.length);
    try (JsonParser from = JSON.createParser(utf8);
        JsonGenerator to = JSON.createGenerator(shorter)) {
      from.nextToken();
      to.writeStartObject();
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        if (members.contains(from.currentName())) {
          to.copyCurrentStructure(from); // its name as well
        } else {
          from.nextToken();
          from.skipChildren();
        }
      }
      to.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new RawJson(shorter.toByteArray());
  }

  /** The object in UTF-8; not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeRawValue(new RawText(utf8));
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    serialize(generator, provider);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
