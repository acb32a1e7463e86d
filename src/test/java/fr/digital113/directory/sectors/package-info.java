@NullMarked
package fr.digital113.directory.sectors;

import org.jspecify.annotations.NullMarked;
