/** How much one caller may ask for: requests in time, bytes of a body, time for a body. */
@NullMarked
package fr.digital113.directory.limits;

import org.jspecify.annotations.NullMarked;
