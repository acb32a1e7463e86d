@NullMarked
package fr.digital113.directory.companies;

import org.jspecify.annotations.NullMarked;
