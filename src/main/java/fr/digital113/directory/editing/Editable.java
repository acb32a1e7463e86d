package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.JsonBody;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A type of the change log that is written one by one: what editors see of it, and its rules. */
interface Editable {

  /** Its name in the change log. */
  String type();

  /** The view of its documents. */
  String view();

  /** The path of the list, such as {@code /v1/companies}. */
  String path();

  /** What editors read and write, in this order. */
  List<Field> fields();

  /** The members of an item, each of {@link #fields()} among them. */
  ObjectNode edit(Stored item);

  /** A row to put values into, of the table that is called as the type is. */
  default Row row() {
    return new Row(type(), "id");
  }

  /** What a path may call an item by, as SQL has it. */
  default List<String> references() {
    return List.of("id::text", "slug");
  }

  /**
   * The id of the item with a reference.
   *
   * @param lock what the query ends with: nothing, or {@code for update}
   */
  default Optional<String> find(Handle database, String ref, String lock) {
    return database
        .createQuery(
            "select id::text from %s where :ref in (%s) order by id limit 1 %s"
                .formatted(type(), String.join(", ", references()), lock))
        .bind("ref", ref.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne();
  }

  /** The id of the item with a reference, locked until the end of the transaction. */
  default Optional<String> lock(Handle database, String ref) {
    return find(database, ref, "for update");
  }

  /** The id of the item with a reference. */
  default Optional<String> find(Handle database, String ref) {
    return find(database, ref, "");
  }

  /** Notes what is wrong with values that are right each by itself. */
  default void checkTogether(Edit edit, JsonBody body, Codes codes) {}

  /** Rules of the database that are told better before: slugs that were somebody else's. */
  default void checkStored(Handle database, String id, Edit edit) {}

  /** Adds what follows from a change. */
  default void complete(Edit edit, Row row) {}

  /** Inserts a new item, and returns its id. Types that no endpoint makes have none. */
  default String create(Handle database, ObjectNode after, Row row) {
    throw new UnsupportedOperationException(type());
  }

  /** Deletes an item. Types that no endpoint deletes have none. */
  default void delete(Handle database, String id) {
    throw new UnsupportedOperationException(type());
  }

  /**
   * Whether an item is the caller's own. What a path names may have moved since {@link
   * fr.digital113.directory.access.AccessRules} was asked: this is asked of the item that was read.
   */
  default boolean isOwn(Handle database, Caller caller, Stored item) {
    return false;
  }
}
