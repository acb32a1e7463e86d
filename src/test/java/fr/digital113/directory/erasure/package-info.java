@NullMarked
package fr.digital113.directory.erasure;

import org.jspecify.annotations.NullMarked;
