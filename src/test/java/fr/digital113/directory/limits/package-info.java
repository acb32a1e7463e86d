@NullMarked
package fr.digital113.directory.limits;

import org.jspecify.annotations.NullMarked;
