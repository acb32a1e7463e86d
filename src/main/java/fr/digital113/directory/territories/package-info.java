/** Territories: region, départements, EPCI and communes. */
@NullMarked
package fr.digital113.directory.territories;

import org.jspecify.annotations.NullMarked;
