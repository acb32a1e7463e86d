/** Where something takes place: how it is indexed, and shown. */
@NullMarked
package fr.digital113.directory.places;

import org.jspecify.annotations.NullMarked;
