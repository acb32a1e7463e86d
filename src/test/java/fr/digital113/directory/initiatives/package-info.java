@NullMarked
package fr.digital113.directory.initiatives;

import org.jspecify.annotations.NullMarked;
