package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.MergePatch;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a request means to change of an item. Only values that differ from those there are looked
 * at, so that an old value that would not be taken today does not stand in the way of others.
 *
 * @param before the item as it was
 * @param named the members that the request gives a value, whether it differs or not
 * @param changed the new value of each member that changes
 * @param after the item with all of them
 */
record Edit(
    Editable type,
    ObjectNode before,
    Set<String> named,
    Map<Field, JsonNode> changed,
    ObjectNode after) {

  private static final Text REQUIRED =
      new Text("Ce membre est obligatoire.", "This member is required.");

  /** 43 and 43.0 are the same place. */
  private static final Comparator<JsonNode> NUMBERS =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return Double.compare(one.doubleValue(), other.doubleValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  /** The item as a PUT or POST gives it whole. */
  static Edit whole(Editable type, ObjectNode current, JsonNode given, Codes codes, boolean team) {
    JsonBody body = body(given);
    ObjectNode wanted = given.deepCopy();
    for (Field field : type.fields()) {
      if (!body.has(field.name()) && (field.keptWhenAbsent() || field.who() == Field.Who.NOBODY)) {
        wanted.set(field.name(), current.path(field.name()));
      }
    }
    JsonBody values = body.instead(withEmptied(type, body, wanted));
    Edit edit = read(type, current, body, values, codes, team);
    values.check();
    return edit;
  }

  /** The item as a merge patch changes it. */
  static Edit patch(Editable type, ObjectNode current, JsonNode patch, Codes codes, boolean team) {
    JsonBody body = body(patch);
    for (Field field : type.fields()) {
      JsonNode value = body.node(field.name());
      if (value != null && value.isObject() && !field.members().isEmpty()) {
        JsonBody inner = body.object(field.name());
        if (inner != null) {
          field.members().forEach(inner::has);
        }
      }
    }
    body.noteUnknown();
    JsonNode wanted = MergePatch.apply(current, patch);
    JsonBody values = body.instead(withEmptied(type, body, wanted));
    Edit edit = read(type, current, body, values, codes, team);
    values.noteUnknownWithin();
    values.refuseErrors();
    return edit;
  }

  /** Whoever says null of an object that absence would keep means all that is in it. */
  private static JsonNode withEmptied(Editable type, JsonBody body, JsonNode wanted) {
    for (Field field : type.fields()) {
      if (field.keptWhenAbsent()
          && field.empty().isObject()
          && body.has(field.name())
          && body.node(field.name()) == null
          && wanted instanceof ObjectNode members) {
        members.set(field.name(), field.empty());
      }
    }
    return wanted;
  }

  private static JsonBody body(JsonNode given) {
    JsonBody body = JsonBody.of(given);
    if (!given.isObject()) {
      body.refuseErrors();
    }
    return body;
  }

  private static Edit read(
      Editable type,
      ObjectNode current,
      JsonBody body,
      JsonBody values,
      Codes codes,
      boolean team) {
    Map<Field, JsonNode> changed = new LinkedHashMap<>();
    List<String> foreign = new ArrayList<>();
    ObjectNode after = current.deepCopy();
    for (Field field : type.fields()) {
      JsonNode before = current.path(field.name());
      JsonNode given = values.node(field.name());
      boolean isThere = !isSame(before, field.empty());
      if (given == null && field.keptWhenAbsent() && (isThere || !field.required())) {
        continue; // nothing takes its place
      }
      JsonNode wanted = given == null ? field.empty() : given;
      if (isSame(wanted, before)) {
        if (field.required() && !isThere) {
          values.error(field.name(), "required", REQUIRED);
        }
        continue;
      }
      if (!team && field.who() == Field.Who.TEAM) {
        foreign.add(field.name()); // unread: what is wrong with it tells what is hidden
        continue;
      }
      if (field.who() == Field.Who.MAKER && isThere) {
        JsonNode same =
            given == null ? null : field.reading().read(values, field.name(), codes, before);
        if (same == null || !isSame(same, before)) {
          values.error(
              field.name(),
              "never_changes",
              new Text(
                  "Ce membre se donne à la création et ne change plus.",
                  "This member is given when the item is made, and never changes."));
        }
        continue;
      }
      if (field.who() == Field.Who.NOBODY) {
        values.error(
            field.name(),
            "read_only",
            new Text("Ce membre se lit seulement.", "This member is only read."));
        continue;
      }
      JsonNode value =
          given == null ? field.empty() : field.reading().read(values, field.name(), codes, before);
      if (field.required() && value != null && isSame(value, field.empty())) {
        values.error(field.name(), "required", REQUIRED);
      } else if (value != null && !isSame(value, before)) {
        changed.put(field, value);
        after.set(field.name(), value);
      }
    }
    Proposals.refuseForeign(foreign);
    Set<String> named =
        body.names().stream().filter(name -> body.node(name) != null).collect(Collectors.toSet());
    Edit edit = new Edit(type, current, named, changed, after);
    if (values.isSound()) {
      type.checkTogether(edit, values, codes);
    }
    return edit;
  }

  static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(NUMBERS, other);
  }

  /** The names of the members that change. */
  List<String> names() {
    return changed.keySet().stream().map(Field::name).toList();
  }

  /** Whether a member changes. */
  boolean changes(String name) {
    return changed.keySet().stream().anyMatch(field -> field.name().equals(name));
  }

  /** The row with the values of some of the members; empty when none of them changes. */
  Row row(Predicate<Field> which) {
    Row row = type.row();
    changed.forEach(
        (field, value) -> {
          if (which.test(field)) {
            field.keeping().keep(value, row);
          }
        });
    if (!row.isEmpty()) {
      type.complete(this, row);
    }
    return row;
  }
}
