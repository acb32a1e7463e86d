/**
 * What of a request may be told to a collector of traces. Switched off unless a setting says so.
 */
@NullMarked
package fr.digital113.directory.tracing;

import org.jspecify.annotations.NullMarked;
