/** Tests of statistics. */
@NullMarked
package fr.digital113.directory.statistics;

import org.jspecify.annotations.NullMarked;
