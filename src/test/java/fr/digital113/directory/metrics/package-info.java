/** What the program tells Prometheus, and the files that use it. */
@NullMarked
package fr.digital113.directory.metrics;

import org.jspecify.annotations.NullMarked;
