@NullMarked
package fr.digital113.directory.values;

import org.jspecify.annotations.NullMarked;
