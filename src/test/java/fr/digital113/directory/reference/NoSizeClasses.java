package fr.digital113.directory.reference;

import fr.digital113.directory.web.Text;
import jakarta.enterprise.inject.Vetoed;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;

/** Size classes where there is no database: each is called by its code. */
@Vetoed // no bean of the tests' application
public final class NoSizeClasses extends SizeClasses {
  private static final ConnectionFactory NONE =
      () -> {
        throw new SQLException("there is no database here");
      };

  public NoSizeClasses() {
    super(Jdbi.create(NONE));
  }

  @Override
  public List<String> codes() {
    return List.of(
        "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51");
  }

  @Override
  public Text label(String code) {
    return new Text(code, code);
  }
}
