@NullMarked
package fr.digital113.directory.meetings;

import org.jspecify.annotations.NullMarked;
