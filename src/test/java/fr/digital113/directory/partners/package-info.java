@NullMarked
package fr.digital113.directory.partners;

import org.jspecify.annotations.NullMarked;
