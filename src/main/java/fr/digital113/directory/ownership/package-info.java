/** Whose a company, a Factory or a webhook is: what {@code access} asks of the features. */
@NullMarked
package fr.digital113.directory.ownership;

import org.jspecify.annotations.NullMarked;
