@NullMarked
package fr.digital113.directory.access;

import org.jspecify.annotations.NullMarked;
