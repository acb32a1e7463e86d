/** The revision and the change log, as the program sees them. */
@NullMarked
package fr.digital113.directory.changes;

import org.jspecify.annotations.NullMarked;
