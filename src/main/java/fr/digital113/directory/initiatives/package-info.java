/** Initiatives: what Factories set out to do, and what became of it. */
@NullMarked
package fr.digital113.directory.initiatives;

import org.jspecify.annotations.NullMarked;
