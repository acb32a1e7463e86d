package fr.digital113.directory.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version that an editor has read and means to replace (RFC 9110, 13.1.1). Of a tag only its
 * start counts, the item's last change and the epoch: whatever language, format or encoding it was
 * read in. So a weak tag does as well.
 */
public final class IfMatch {
  private static final String ANY = "*";
  private static final Pattern TAG = Pattern.compile("\"([0-9]+)\\.([0-9a-f]+)[^\"]*\"");

  private final String header;

  private IfMatch(String header) {
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @throws ProblemException 428 when it is absent
   */
  public static IfMatch required(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          new Text(
              "Cette écriture demande If-Match avec l'ETag de ce que vous avez lu (view=edit).",
              "This write needs If-Match with the ETag of what you have read (view=edit)."));
    }
    return new IfMatch(header.strip());
  }

  /**
   * Compares with what is there now.
   *
   * @throws ProblemException 412 when somebody has changed it since
   */
  public void check(Version current) {
    boolean matches =
        header.equals(ANY)
            || TAG.matcher(header)
                .results()
                .anyMatch(
                    tag ->
                        tag.group(1).equals(Long.toString(current.revision()))
                            && tag.group(2).equals(current.key()));
    if (!matches) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          new Text(
              "L'élément a changé depuis votre lecture ; relisez-le (view=edit) et recommencez.",
              "The item has changed since you read it; read it again (view=edit) and start over."));
    }
  }
}
