/** Organisations that use the API, and their keys. */
@NullMarked
package fr.digital113.directory.partners;

import org.jspecify.annotations.NullMarked;
