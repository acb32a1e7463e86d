package fr.digital113.directory.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever adds a column that could hold a text says here, in {@link Places}, how it is erased. */
class PlacesTest {
  @RegisterExtension static final MigratedDatabase DATABASE = new MigratedDatabase();

  @Test
  void nameEveryColumnThatCouldHoldAText() {
    assertThat(Places.all().stream().map(Place::name))
        .containsExactlyInAnyOrderElementsOf(schema());
  }

  @Test
  void searchEveryColumnThatTakesFreeText() {
    List<String> codes =
        Places.all().stream()
            .filter(place -> place.treatment() == Treatment.CODE)
            .map(Place::column)
            .toList();

    assertThat(codes)
        .doesNotContain("actor", "email", "phone", "contact", "document", "reason_fr", "value");
  }

  /** All that is neither a number, a truth value, a moment nor an id. */
  private static List<String> schema() {
    return DATABASE
        .jdbi()
        .withHandle(
            database ->
                database
                    .createQuery(
                        """
                        select c.table_name || '.' || c.column_name
                        from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
                          and c.data_type not in ('bigint', 'integer', 'smallint', 'boolean', 'date', 'double precision',
                            'uuid', 'timestamp with time zone', 'timestamp without time zone')
                          and c.udt_name not in ('xid8', 'regclass', 'name')
                        """)
                    .mapTo(String.class)
                    .list());
  }
}
