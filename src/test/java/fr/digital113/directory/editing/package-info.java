@NullMarked
package fr.digital113.directory.editing;

import org.jspecify.annotations.NullMarked;
