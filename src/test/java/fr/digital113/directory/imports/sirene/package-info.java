/** The register: what real Sirene files do, and what the directory makes of it. */
@NullMarked
package fr.digital113.directory.imports.sirene;

import org.jspecify.annotations.NullMarked;
