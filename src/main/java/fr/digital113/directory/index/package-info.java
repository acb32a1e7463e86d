/** The read model: the in-process Lucene index, how it follows the change log, how it is read. */
@NullMarked
package fr.digital113.directory.index;

import org.jspecify.annotations.NullMarked;
