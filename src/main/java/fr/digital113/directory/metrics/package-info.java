/** Figures that are read from the database for metrics, now and then and never by a scrape. */
@NullMarked
package fr.digital113.directory.metrics;

import org.jspecify.annotations.NullMarked;
