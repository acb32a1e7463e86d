@NullMarked
package fr.digital113.directory.index;

import org.jspecify.annotations.NullMarked;
