/** The cluster: identity, history, governance, means, objectives. */
@NullMarked
package fr.digital113.directory.cluster;

import org.jspecify.annotations.NullMarked;
