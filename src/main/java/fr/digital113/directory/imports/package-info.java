/** Bulk loads: files in, a job with progress, a row-by-row report out. */
@NullMarked
package fr.digital113.directory.imports;

import org.jspecify.annotations.NullMarked;
