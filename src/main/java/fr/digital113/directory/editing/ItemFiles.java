package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.JsonBody;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes items that a file tells of, by the very rules of single writes. */
@Singleton
public class ItemFiles {
  private final Instance<Editable> types;

  ItemFiles(@Any Instance<Editable> types) {
    this.types = types;
  }

  /** What became of an item. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /** Begins a file of items of one type, in its transaction. */
  public File open(Handle database, String type) {
    Editable editable =
        types.stream().filter(each -> each.type().equals(type)).findFirst().orElseThrow();
    return new File(database, editable);
  }

  /** One file. What references may name is read once for all of it. */
  public static final class File {
    private final Handle database;
    private final Editable type;
    private final Codes codes;

    private File(Handle database, Editable type) {
      this.database = database;
      this.type = type;
      this.codes = new Codes(database);
    }

    /**
     * Makes an item, or changes it to what a row says. A row that is wrong leaves nothing.
     *
     * @param ref the item; null to make one
     * @param row makes the merge patch of what is there, in the shape that editors see: empty for a
     *     new one
     * @throws fr.digital113.directory.web.ProblemException for a row that breaks a rule, with the
     *     places of it
     */
    public Outcome put(@Nullable String ref, UnaryOperator<ObjectNode> row) {
      String savepoint = "item";
      database.savepoint(savepoint);
      try {
        Outcome outcome = ref == null ? create(row) : change(ref, row);
        database.releaseSavepoint(savepoint);
        return outcome;
      } catch (RuntimeException failure) {
        SQLException cause = Writes.sqlCause(failure);
        if (cause != null && !isRule(cause)) {
          throw failure; // of the whole file
        }
        database.rollbackToSavepoint(savepoint);
        throw Refusals.of(cause, failure);
      }
    }

    /** Bad data, or a constraint that stands against it. */
    private static boolean isRule(SQLException cause) {
      String state = String.valueOf(cause.getSQLState());
      return state.startsWith("22") || state.startsWith("23");
    }

    private Outcome create(UnaryOperator<ObjectNode> row) {
      ObjectNode given = row.apply(JsonBody.emptyObject());
      Edit edit = Edit.whole(type, ItemWrites.nothing(type), given, codes, true);
      type.create(database, edit.after(), edit.row(field -> true));
      return Outcome.CREATED;
    }

    private Outcome change(String ref, UnaryOperator<ObjectNode> row) {
      Stored item = ItemWrites.locked(database, type, ref);
      ObjectNode before = type.edit(item);
      Edit edit = Edit.patch(type, before, row.apply(before), codes, true);
      ItemWrites.apply(database, Caller.ANYONE, true, item, edit);
      return edit.changed().isEmpty() ? Outcome.UNCHANGED : Outcome.UPDATED;
    }
  }
}
