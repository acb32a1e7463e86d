/** Whose a company or a Factory is: what {@code access} asks of the features. */
@NullMarked
package fr.digital113.directory.ownership;

import org.jspecify.annotations.NullMarked;
