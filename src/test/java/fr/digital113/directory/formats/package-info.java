@NullMarked
package fr.digital113.directory.formats;

import org.jspecify.annotations.NullMarked;
