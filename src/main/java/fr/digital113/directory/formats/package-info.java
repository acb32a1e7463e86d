/** What items look like in each format: members, columns, points, schema.org; and the writers. */
@NullMarked
package fr.digital113.directory.formats;

import org.jspecify.annotations.NullMarked;
