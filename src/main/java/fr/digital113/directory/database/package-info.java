/** The connection to PostgreSQL, and the embedded server when none is configured. */
@NullMarked
package fr.digital113.directory.database;

import org.jspecify.annotations.NullMarked;
