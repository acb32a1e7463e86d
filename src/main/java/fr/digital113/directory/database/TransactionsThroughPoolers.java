package fr.digital113.directory.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Asks for the isolation of a transaction within it. The driver would set it for the session, which
 * a pooler gives to somebody else between the one and the other.
 */
final class TransactionsThroughPoolers extends DelegatingTransactionHandler {
  TransactionsThroughPoolers() {
    this(LocalTransactionHandler.binding());
  }

  private TransactionsThroughPoolers(TransactionHandler handler) {
    super(handler);
  }

  @Override
  public <R, X extends Exception> R inTransaction(
      Handle database, TransactionIsolationLevel level, HandleCallback<R, X> work) throws X {
    return inTransaction(
        database,
        handle -> {
          handle.execute(
              "set transaction isolation level " + level.name().toLowerCase(Locale.ROOT).replace('_', ' '));
          return work.withHandle(handle);
        });
  }

  @Override
  public TransactionHandler specialize(Handle database) throws SQLException {
    return new TransactionsThroughPoolers(getDelegate().specialize(database));
  }
}
