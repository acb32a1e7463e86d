@NullMarked
package fr.digital113.directory.factories;

import org.jspecify.annotations.NullMarked;
