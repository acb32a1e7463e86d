@NullMarked
package fr.digital113.directory.events;

import org.jspecify.annotations.NullMarked;
