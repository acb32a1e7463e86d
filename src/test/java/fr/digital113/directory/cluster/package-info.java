@NullMarked
package fr.digital113.directory.cluster;

import org.jspecify.annotations.NullMarked;
