/** What a value may be, whoever writes it: files and the API check with the same rules. */
@NullMarked
package fr.digital113.directory.values;

import org.jspecify.annotations.NullMarked;
