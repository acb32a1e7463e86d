/** Searches, judged over the demonstration data. */
@NullMarked
package fr.digital113.directory.search;

import org.jspecify.annotations.NullMarked;
