/** Events of the cluster, at one place or at several at once. */
@NullMarked
package fr.digital113.directory.events;

import org.jspecify.annotations.NullMarked;
