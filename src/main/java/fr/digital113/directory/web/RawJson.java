package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON that was written when its item was indexed; goes into an answer as it is. */
public final class RawJson implements JsonSerializable {
  private final SerializableString json;

  public RawJson(byte[] utf8, int offset, int length) {
    this(new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  private RawJson(String json) {
    this.json = new SerializedString(json);
  }

  /** The same object with one more member at its end. */
  public RawJson with(String name, Number number) {
    String object = json.getValue();
    return new RawJson(
        object.substring(0, object.length() - 1) + ",\"" + name + "\":" + number + "}");
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeRawValue(json);
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    serialize(generator, provider);
  }

  @Override
  public String toString() {
    return json.getValue();
  }
}
