/** Factories: working groups led by two members. */
@NullMarked
package fr.digital113.directory.factories;

import org.jspecify.annotations.NullMarked;
