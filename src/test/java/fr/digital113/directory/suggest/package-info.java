/** Suggestions. */
@NullMarked
package fr.digital113.directory.suggest;

import org.jspecify.annotations.NullMarked;
