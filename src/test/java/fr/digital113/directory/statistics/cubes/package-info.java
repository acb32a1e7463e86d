@NullMarked
package fr.digital113.directory.statistics.cubes;

import org.jspecify.annotations.NullMarked;
