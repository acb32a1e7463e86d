package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that a request brings, within bounds: its size, its depth, each name once.
 *
 * @param hash the SHA-256 of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record JsonRequest(JsonNode json, byte[] hash) {
  static final int LARGEST = 1024 * 1024;
  static final int DEEPEST = 20;

  private static final List<String> JSON = List.of("application/json");
  private static final List<String> PATCH =
      List.of("application/merge-patch+json", "application/json");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(50)
                          .maxStringLength(LARGEST)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads a body that is a whole. */
  public static JsonRequest read(Exchange exchange, InputStream body) {
    return read(exchange, body, JSON);
  }

  /** Reads a body that may be a merge patch (RFC 7396). */
  public static JsonRequest readPatch(Exchange exchange, InputStream body) {
    return read(exchange, body, PATCH);
  }

  /** Reads a body that may be left out, which is an empty object then. */
  public static JsonRequest readIfThere(Exchange exchange, InputStream body) {
    try {
      PushbackInputStream ahead = new PushbackInputStream(body);
      int first = ahead.read();
      if (first < 0) {
        return new JsonRequest(JsonBody.emptyObject(), Sha256.of(new byte[0]));
      }
      ahead.unread(first);
      return read(exchange, ahead, JSON);
    } catch (IOException cutOff) {
      throw cutOff();
    }
  }

  private static JsonRequest read(Exchange exchange, InputStream body, List<String> types) {
    requireType(exchange.header("Content-Type"), types);
    String length = exchange.header("Content-Length");
    if (length != null && (length.length() > 9 || Integer.parseInt(length) > LARGEST)) {
      throw tooLarge();
    }
    try {
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw tooLarge();
      }
      return new JsonRequest(parse(bytes), Sha256.of(bytes));
    } catch (IOException cutOff) {
      throw cutOff();
    }
  }

  private static ProblemException cutOff() {
    return malformed(
        new Text("Le corps n'est pas arrivé en entier.", "The body did not arrive as a whole."));
  }

  private static void requireType(@Nullable String header, List<String> types) {
    String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!types.contains(type)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          new Text("Content-Type doit être %s.", "Content-Type must be %s.")
              .with(String.join(", ", types)));
    }
  }

  private static JsonNode parse(byte[] bytes) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json == null || json.isMissingNode()) {
        throw malformed(new Text("Le corps est vide.", "The body is empty."));
      }
      return json;
    } catch (StreamConstraintsException beyond) {
      throw malformed(
          new Text(
                  "Le corps a plus de %d niveaux, ou un nombre démesuré.",
                  "The body has more than %d levels, or a number beyond measure.")
              .with(DEEPEST));
    } catch (JsonProcessingException wrong) {
      throw malformed(reason(wrong));
    } catch (CharConversionException notUnicode) {
      throw malformed(new Text("Le corps n'est pas en UTF-8.", "The body is not UTF-8."));
    }
  }

  private static Text reason(JsonProcessingException wrong) {
    JsonLocation at = wrong.getLocation();
    int line = at == null ? 1 : at.getLineNr();
    int column = at == null ? 1 : at.getColumnNr();
    boolean twice = wrong.getOriginalMessage().startsWith("Duplicate field");
    return (twice
            ? new Text(
                "Un membre est donné deux fois (ligne %d, colonne %d).",
                "A member is given twice (line %d, column %d).")
            : new Text(
                "Le corps n'est pas du JSON (ligne %d, colonne %d).",
                "The body is not JSON (line %d, column %d)."))
        .with(line, column);
  }

  private static ProblemException malformed(Text reason) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, reason);
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        new Text("Le corps dépasse %d octets.", "The body is larger than %d bytes.").with(LARGEST));
  }
}
