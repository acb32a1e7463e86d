/**
 * The public register: Insee's Sirene stock files of legal units and of establishments.
 *
 * <p>A row is parsed in Java ({@link UnitRow}, {@link EstablishmentRow}) and copied to a temporary
 * table; the SQL files beside this package then stage both halves, decide about each company, and
 * apply the decisions ({@link RegisterLoad}).
 */
@NullMarked
package fr.digital113.directory.imports.sirene;

import org.jspecify.annotations.NullMarked;
