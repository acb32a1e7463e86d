/** Calendars that phones and calendar programs subscribe to. */
@NullMarked
package fr.digital113.directory.calendars;

import org.jspecify.annotations.NullMarked;
