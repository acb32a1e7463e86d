@NullMarked
package fr.digital113.directory.database;

import org.jspecify.annotations.NullMarked;
