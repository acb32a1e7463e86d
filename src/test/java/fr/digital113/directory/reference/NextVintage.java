package fr.digital113.directory.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** A folder with the files of one data set under a later edition, to be changed line by line. */
final class NextVintage {
  private final Path folder;

  private NextVintage(Path folder) {
    this.folder = folder;
  }

  static NextVintage of(DataSet set, String vintage, Path folder) throws IOException {
    NextVintage next = new NextVintage(folder);
    for (SourceFile file : set.files()) {
      next.write(file.name(), ReferenceFiles.builtInText(file.name()));
    }
    next.write("vintages.properties", set.label() + "=" + vintage);
    return next;
  }

  /** Replaces a text that the file must have. */
  NextVintage replace(String file, String old, String now) throws IOException {
    return edit(
        file,
        text -> {
          if (!text.contains(old)) {
            throw new IllegalArgumentException(file + " does not have: " + old);
          }
          return text.replace(old, now);
        });
  }

  /** Drops the line that starts with a code. */
  NextVintage drop(String file, String code) throws IOException {
    return edit(file, text -> text.replaceFirst("(?m)^" + code + ",.*\\n", ""));
  }

  NextVintage add(String file, String line) throws IOException {
    return edit(file, text -> text + line + "\n");
  }

  NextVintage edit(String file, UnaryOperator<String> change) throws IOException {
    return write(file, change.apply(Files.readString(folder.resolve(file))));
  }

  NextVintage write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return this;
  }

  ReferenceLoader loader(Jdbi jdbi) {
    return new ReferenceLoader(jdbi, Optional.of(folder));
  }
}
