@NullMarked
package fr.digital113.directory.territories;

import org.jspecify.annotations.NullMarked;
