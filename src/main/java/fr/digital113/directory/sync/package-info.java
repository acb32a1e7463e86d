/** Copies of the directory that are kept fresh: a snapshot, then what changed since. */
@NullMarked
package fr.digital113.directory.sync;

import org.jspecify.annotations.NullMarked;
