@NullMarked
package fr.digital113.directory.web;

import org.jspecify.annotations.NullMarked;
