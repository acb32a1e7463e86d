package fr.digital113.directory.web;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** How the program deals with browsers and those who look at it; DirectoryMain has checked it. */
@ConfigMapping(prefix = "directory")
interface WebSettings {

  /** Origins, such as {@code https://team.example}, whose pages may write. */
  Optional<List<String>> writeOrigins();

  /** Where to report a weakness, as URIs. */
  Optional<List<String>> securityContact();
}
