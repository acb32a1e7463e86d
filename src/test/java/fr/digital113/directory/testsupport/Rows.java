package fr.digital113.directory.testsupport;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A small world, written by plain SQL: what a test needs around its own rows. */
public final class Rows {
  public static final String TOULOUSE = "31555";

  private Rows() {}

  /** Size classes, one commune in one département, two sectors. */
  public static void reference(Jdbi jdbi) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              """
              insert into size_class values
                ('NN', 'Inconnu', 'Unknown', null, null, 0), ('00', '0 salarié', '0 employees', 0, 0, 1),
                ('01', '1 ou 2', '1 or 2', 1, 2, 2), ('02', '3 à 5', '3 to 5', 3, 5, 3)
              """);
          handle.execute(
              """
              insert into territory (code, level, slug, name, population, latitude, longitude) values
                ('31', 'departement', 'haute-garonne', 'Haute-Garonne', 1471468, 43.4, 1.3),
                ('31555', 'commune', 'toulouse', 'Toulouse', 514819, 43.6, 1.44)
              """);
          handle.execute("insert into territory_within values ('31555', '31')");
          handle.execute(
              "insert into sector values ('iot', 'Objets connectés', 'Internet of Things'),"
                  + " ('fintech', 'FinTech', 'FinTech')");
        });
  }

  /** A published company in Toulouse with the sector iot, no member; returns its id. */
  public static UUID company(Handle handle, String slug) {
    UUID id = UUID.randomUUID();
    handle.execute(
        "insert into company (id, slug, name, commune, source, publication)"
            + " values (?, ?, ?, ?, 'cluster', 'published')",
        id,
        slug,
        "Company " + slug,
        TOULOUSE);
    handle.execute("insert into company_sector values (?, 'iot', 0)", id);
    return id;
  }

  /** A company that has been a member since 2020. */
  public static UUID member(Handle handle, String slug) {
    UUID id = company(handle, slug);
    handle.execute(
        "insert into membership (company, joined_on, origin) values (?, '2020-01-01', 'digital113')",
        id);
    return id;
  }

  /** A Factory without leads. */
  public static UUID factory(Handle handle, String slug, String status) {
    UUID id = UUID.randomUUID();
    handle.execute(
        "insert into factory (id, slug, name, status) values (?, ?, ?, ?)",
        id,
        slug,
        "Factory " + slug,
        status);
    return id;
  }

  public static void lead(Handle handle, UUID factory, UUID company) {
    handle.execute(
        "insert into factory_lead (factory, company, since) values (?, ?, '2021-01-01')",
        factory,
        company);
  }
}
