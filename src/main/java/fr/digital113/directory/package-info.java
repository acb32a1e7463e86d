/**
 * The Digital113 directory: an open REST API over companies, territories, sectors and Factories.
 */
@NullMarked
package fr.digital113.directory;

import org.jspecify.annotations.NullMarked;
