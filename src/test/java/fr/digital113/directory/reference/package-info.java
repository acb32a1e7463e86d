/** The reference data, on a real PostgreSQL. */
@NullMarked
package fr.digital113.directory.reference;

import org.jspecify.annotations.NullMarked;
