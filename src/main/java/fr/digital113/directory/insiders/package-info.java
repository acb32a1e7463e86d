/** Who, besides the team, sees more of the life of the cluster: members, and leads of Factories. */
@NullMarked
package fr.digital113.directory.insiders;

import org.jspecify.annotations.NullMarked;
