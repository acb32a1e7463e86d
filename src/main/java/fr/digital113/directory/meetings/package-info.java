/** Meetings of Factories: series, and the occurrences that they come to. */
@NullMarked
package fr.digital113.directory.meetings;

import org.jspecify.annotations.NullMarked;
