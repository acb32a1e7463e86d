/**
 * Workshops (tables à secousses): a few companies present a plan, and the table assesses it. Who
 * took part and what was said is for those companies and the team.
 */
@NullMarked
package fr.digital113.directory.workshops;

import org.jspecify.annotations.NullMarked;
