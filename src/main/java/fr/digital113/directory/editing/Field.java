package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.web.JsonBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One member of what editors read and write.
 *
 * @param who may change it
 * @param topic with {@link Who#PROPOSES}: what the proposal is about, together with other members
 * @param empty what its absence means
 * @param keptWhenAbsent whether a PUT without it leaves it, instead of emptying it
 * @param required whether it must not be empty
 * @param members the members that it may have itself; empty for all that are no objects
 * @param reading makes the value that is kept of the one that was given
 * @param keeping puts the value where it is kept
 */
record Field(
    String name,
    Who who,
    @Nullable String topic,
    JsonNode empty,
    boolean keptWhenAbsent,
    boolean required,
    Set<String> members,
    Reading reading,
    Keeping keeping) {

  /** Who may change a member, beside the team. */
  enum Who {
    /** Whom the item belongs to, at once. */
    OWNER,
    /** Whom the item belongs to, once the team agrees. */
    PROPOSES,
    /** Nobody else. */
    TEAM,
    /** The team when it makes the item; nobody afterwards. */
    MAKER,
    /** Nobody, the team included: it is shown only. */
    NOBODY
  }

  /** Reads the value of a member that is there. */
  @FunctionalInterface
  interface Reading {
    /** The value; null when it is wrong, which is noted in the body. */
    @Nullable JsonNode read(JsonBody body, String name, Codes codes);

    /**
     * The same where what is there decides: what was taken once may stay.
     *
     * @param before the value that is there
     */
    default @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
      return read(body, name, codes);
    }
  }

  /** Checks one code of the reference data. */
  @FunctionalInterface
  interface Code {
    String of(String text, Codes codes) throws BadValueException;
  }

  /** Keeps a value. */
  @FunctionalInterface
  interface Keeping {
    void keep(JsonNode value, Row row);
  }

  /** A member kept in one column. */
  static Field column(String name, Who who, String column, Reading reading) {
    return new Field(
        name,
        who,
        null,
        JsonNodeFactory.instance.nullNode(),
        false,
        false,
        Set.of(),
        reading,
        (value, row) -> row.set(column, value));
  }

  /** A member that is shown, and that a write may repeat but not change. */
  static Field shown(String name) {
    return column(name, Who.NOBODY, name, (body, member, codes) -> body.node(member));
  }

  Field about(String proposalTopic) {
    return new Field(
        name, who, proposalTopic, empty, keptWhenAbsent, required, members, reading, keeping);
  }

  Field mandatory() {
    return new Field(name, who, topic, empty, keptWhenAbsent, true, members, reading, keeping);
  }

  Field keptWithout() {
    return new Field(name, who, topic, empty, true, required, members, reading, keeping);
  }

  Field emptyAs(JsonNode value) {
    return new Field(name, who, topic, value, keptWhenAbsent, required, members, reading, keeping);
  }

  Field with(Set<String> inner) {
    return new Field(name, who, topic, empty, keptWhenAbsent, required, inner, reading, keeping);
  }

  Field kept(Keeping otherwise) {
    return new Field(
        name, who, topic, empty, keptWhenAbsent, required, members, reading, otherwise);
  }
}
