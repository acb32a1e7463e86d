/** Figures in several dimensions, and every format that they are given in. */
@NullMarked
package fr.digital113.directory.statistics.cubes;

import org.jspecify.annotations.NullMarked;
