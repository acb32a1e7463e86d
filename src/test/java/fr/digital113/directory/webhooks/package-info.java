/** What webhooks do, seen from their owners and from receivers. */
@NullMarked
package fr.digital113.directory.webhooks;

import org.jspecify.annotations.NullMarked;
