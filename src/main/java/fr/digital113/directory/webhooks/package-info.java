/** Partners' servers that are told of changes: the same feed and filters as copies have. */
@NullMarked
package fr.digital113.directory.webhooks;

import org.jspecify.annotations.NullMarked;
