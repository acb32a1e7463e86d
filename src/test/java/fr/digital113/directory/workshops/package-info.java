@NullMarked
package fr.digital113.directory.workshops;

import org.jspecify.annotations.NullMarked;
