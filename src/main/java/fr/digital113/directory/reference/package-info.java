/** Official reference data: geography, NAF, size classes, sectors; loaded once per vintage. */
@NullMarked
package fr.digital113.directory.reference;

import org.jspecify.annotations.NullMarked;
