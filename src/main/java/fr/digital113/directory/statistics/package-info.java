/**
 * Figures of the directory: datasets, their dimensions and measures, and the published vintages.
 */
@NullMarked
package fr.digital113.directory.statistics;

import org.jspecify.annotations.NullMarked;
