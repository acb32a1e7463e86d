/** What tests share. */
@NullMarked
package fr.digital113.directory.testsupport;

import org.jspecify.annotations.NullMarked;
