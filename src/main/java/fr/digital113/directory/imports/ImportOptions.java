package fr.digital113.directory.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside the file.
 *
 * @param naf NAF codes that scope a register load; empty for the digital codes, null for any
 * @param territory code of the territory that scopes a register load; null for the region
 * @param actor who imports, for the change log
 */
public record ImportOptions(@Nullable List<String> naf, @Nullable String territory, String actor) {}
