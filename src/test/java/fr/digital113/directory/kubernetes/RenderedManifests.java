package fr.digital113.directory.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at what kustomize has made: a folder with a file for each deployment. */
public final class RenderedManifests {
  private RenderedManifests() {}

  /** Takes the folder; fails with every mistake in a line. */
  public static void main(String... args) throws IOException {
    List<String> mistakes = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        Manifests all = Manifests.read(file);
        List<String> found =
            new ArrayList<>(
                ManifestRules.mistakes(all, DocumentedSecrets.read(), DocumentedSecrets.version()));
        all.objects().forEach(each -> KnownFields.problem(each).ifPresent(found::add));
        found.forEach(each -> mistakes.add(file.getFileName() + ": " + each));
        System.out.printf(
            "%s: %d objects, %d mistakes%n",
            file.getFileName(), all.objects().size(), found.size());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException(String.join("\n", mistakes));
    }
  }
}
