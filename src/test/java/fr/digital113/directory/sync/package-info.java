@NullMarked
package fr.digital113.directory.sync;

import org.jspecify.annotations.NullMarked;
