/**
 * Forgetting a person: where personal data can be, how it is found there, and for how long it
 * stays.
 */
@NullMarked
package fr.digital113.directory.erasure;

import org.jspecify.annotations.NullMarked;
