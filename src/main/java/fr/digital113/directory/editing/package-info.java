/** Single writes: one transaction each, for those who may, on what they have read. */
@NullMarked
package fr.digital113.directory.editing;

import org.jspecify.annotations.NullMarked;
