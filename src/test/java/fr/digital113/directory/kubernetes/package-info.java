/** What k8s/ must be. */
@NullMarked
package fr.digital113.directory.kubernetes;

import org.jspecify.annotations.NullMarked;
