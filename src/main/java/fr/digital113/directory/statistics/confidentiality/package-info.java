/**
 * Which figures on jobs may be published, and the attacker who tries to break them (ADR 17). Pure
 * computation: no database, no HTTP.
 */
@NullMarked
package fr.digital113.directory.statistics.confidentiality;

import org.jspecify.annotations.NullMarked;
