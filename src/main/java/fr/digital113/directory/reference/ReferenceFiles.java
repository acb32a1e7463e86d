package fr.digital113.directory.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the reference files come from: the ones in the program, or a folder with newer ones under
 * the same names. A data set comes whole from one of the two, so that editions never mix.
 */
final class ReferenceFiles {
  private static final String VINTAGES = "vintages.properties";
  private static final Pattern VINTAGE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

  private final @Nullable Path folder;

  private ReferenceFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  static ReferenceFiles in(Optional<Path> folder) {
    return new ReferenceFiles(folder.orElse(null));
  }

  /**
   * The editions of all data sets, in the order in which they load.
   *
   * @throws ReferenceRefusedException when the folder is missing, or has a part of a data set
   */
  List<Edition> editions() {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new ReferenceRefusedException(
          "The folder of directory.reference-dir does not exist: " + folder);
    }
    return Stream.of(DataSet.values()).map(this::edition).toList();
  }

  /** The text of a file of the program, for instance a script. */
  static String builtInText(String name) {
    return new String(builtIn(name), StandardCharsets.UTF_8);
  }

  private Edition edition(DataSet set) {
    boolean newer = isInFolder(set);
    Map<SourceFile, byte[]> contents = new LinkedHashMap<>();
    MessageDigest digest = sha256();
    for (SourceFile file : set.files()) {
      byte[] bytes = newer && has(file.name()) ? fromFolder(file.name()) : builtIn(file.name());
      contents.put(file, bytes);
      digest.update(bytes);
    }
    return new Edition(
        set, vintage(set, newer), HexFormat.of().formatHex(digest.digest()), contents);
  }

  private boolean isInFolder(DataSet set) {
    List<String> wanted =
        set.files().stream().filter(f -> !f.optional()).map(SourceFile::name).toList();
    List<String> missing = wanted.stream().filter(name -> !has(name)).toList();
    if (!missing.isEmpty() && set.files().stream().anyMatch(file -> has(file.name()))) {
      throw new ReferenceRefusedException(
          "%s has only some of the files of \"%s\"; add %s"
              .formatted(folder, set.label(), String.join(", ", missing)));
    }
    return missing.isEmpty();
  }

  private String vintage(DataSet set, boolean newer) {
    if (newer && !has(VINTAGES)) {
      throw new ReferenceRefusedException("%s lacks %s".formatted(folder, VINTAGES));
    }
    Properties vintages = new Properties();
    try {
      byte[] bytes = newer ? fromFolder(VINTAGES) : builtIn(VINTAGES);
      vintages.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    String vintage = vintages.getProperty(set.label(), "").strip();
    if (!VINTAGE.matcher(vintage).matches()) {
      throw new ReferenceRefusedException(
          "%s must give the edition of \"%s\" as a date such as 2027-01-01; it says \"%s\""
              .formatted(VINTAGES, set.label(), vintage));
    }
    return vintage;
  }

  private boolean has(String name) {
    return folder != null && Files.isRegularFile(folder.resolve(name));
  }

  private byte[] fromFolder(String name) {
    Path file = Objects.requireNonNull(folder).resolve(name);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ReferenceRefusedException("Cannot read " + file, e);
    }
  }

  private static byte[] builtIn(String name) {
    try (InputStream in = ReferenceFiles.class.getResourceAsStream("/reference/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks reference/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
