/**
 * Demonstration data: fictional companies and Factories, loaded through the product's own import.
 */
@NullMarked
package fr.digital113.directory.demo;

import org.jspecify.annotations.NullMarked;
