package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which contacts are a person's, each with the day of the consent that it is shown. Leaving one out
 * withdraws its consent: it takes a word, {@code "personal": false}, to make it the company's own,
 * since everybody sees it then.
 */
final class PersonalContact implements Field.Reading {
  private static final String CONSENT = "consentedOn";

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonBody contacts = body.object(name);
    if (contacts == null) {
      return null;
    }
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    for (String member : new TreeSet<>(Readings.CONTACTS)) {
      JsonBody contact = contacts.object(member);
      if (contact != null) {
        String consent = Readings.dayThatHasCome(contact, CONSENT, codes);
        if (!Boolean.FALSE.equals(contact.flag("personal"))) {
          read.putObject(member).put(CONSENT, consent);
        }
      } else if (before.has(member)) {
        read.putObject(member).putNull(CONSENT);
      }
    }
    return read;
  }
}
