package fr.digital113.directory.sync;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens, and reads them back. The keys are those of the database, so that every process
 * understands the tokens of all others.
 */
@Singleton
class SyncTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_LENGTH = 2 * Long.BYTES;
  private static final int SIGNATURE_LENGTH = 16;

  private final Jdbi jdbi;

  /** By id, the newest last. Read anew for a key that is not among them. */
  private volatile Map<UUID, SecretKeySpec> keys = Map.of();

  SyncTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  String text(SyncToken token) {
    Map<UUID, SecretKeySpec> known = keys.isEmpty() ? read() : keys;
    UUID newest = List.copyOf(known.keySet()).get(known.size() - 1);
    ByteBuffer key =
        ByteBuffer.allocate(KEY_LENGTH)
            .putLong(newest.getMostSignificantBits())
            .putLong(newest.getLeastSignificantBits());
    var signed = new ByteArrayOutputStream();
    signed.writeBytes(key.array());
    signed.writeBytes(token.bytes());
    byte[] content = signed.toByteArray();
    signed.writeBytes(signature(known.get(newest), content));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed.toByteArray());
  }

  /**
   * Reads a token.
   *
   * @throws ProblemException 400 when it is none of ours
   */
  SyncToken token(String text) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException noBase64) {
      throw invalid();
    }
    int end = all.length - SIGNATURE_LENGTH;
    if (end <= KEY_LENGTH) {
      throw invalid();
    }
    ByteBuffer key = ByteBuffer.wrap(all);
    SecretKeySpec secret = key(new UUID(key.getLong(), key.getLong()));
    byte[] signature = signature(secret, Arrays.copyOf(all, end));
    if (!MessageDigest.isEqual(signature, Arrays.copyOfRange(all, end, all.length))) {
      throw invalid();
    }
    return SyncToken.of(Arrays.copyOfRange(all, KEY_LENGTH, end));
  }

  /** A key that is not known is looked for once: a restart of the program forgets none. */
  private SecretKeySpec key(UUID id) {
    SecretKeySpec known = keys.get(id);
    SecretKeySpec key = known == null ? read().get(id) : known;
    if (key == null) {
      throw invalid();
    }
    return key;
  }

  private Map<UUID, SecretKeySpec> read() {
    Map<UUID, SecretKeySpec> read = new LinkedHashMap<>();
    jdbi.useHandle(
        database ->
            database
                .createQuery("select id, secret from signing_key order by created_at, id")
                .map(
                    (row, context) ->
                        read.put(
                            row.getObject("id", UUID.class),
                            new SecretKeySpec(row.getBytes("secret"), ALGORITHM)))
                .list());
    keys = read;
    return read;
  }

  private static byte[] signature(@Nullable SecretKeySpec key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(content), SIGNATURE_LENGTH);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ProblemException invalid() {
    Text text =
        new Text(
            "Ce jeton n'a pas été donné par cette API : recommencez sans « token ».",
            "This token was not given by this API: start again without \"token\".");
    return new ProblemException(
        ProblemType.INVALID_PARAMETER, text, List.of(new FieldError("token", "invalid", text)));
  }
}
