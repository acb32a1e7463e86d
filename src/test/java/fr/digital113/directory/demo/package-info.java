@NullMarked
package fr.digital113.directory.demo;

import org.jspecify.annotations.NullMarked;
