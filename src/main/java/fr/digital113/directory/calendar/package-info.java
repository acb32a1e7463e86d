/**
 * When meetings, events and workshops take place, and how calendar programs are told: recurrence
 * rules (RFC 5545), their occurrences, and calendar files (RFC 5545, RFC 7986). Knows no feature,
 * no database and no index.
 */
@NullMarked
package fr.digital113.directory.calendar;

import org.jspecify.annotations.NullMarked;
