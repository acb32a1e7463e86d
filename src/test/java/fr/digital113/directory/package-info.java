@NullMarked
package fr.digital113.directory;

import org.jspecify.annotations.NullMarked;
