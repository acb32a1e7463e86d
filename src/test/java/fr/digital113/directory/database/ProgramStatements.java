package fr.digital113.directory.database;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL that stands whole in the program: every constant text of its classes that begins as a
 * statement does. What is put together while it runs is not among them.
 */
final class ProgramStatements {
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(select|insert into|update|delete from|with)\\s.*", Pattern.DOTALL);

  /** A text in quotes, which stays, a cast, or a parameter of Jdbi. */
  private static final Pattern PARAMETER =
      Pattern.compile("'[^']*'|::|:([a-zA-Z]\\w*)|\\?(?![?|&])");

  private static final int UTF8 = 1;
  private static final int STRING = 8;

  private ProgramStatements() {}

  /** All below a folder of classes, with parameters as PREPARE has them. */
  static SortedSet<String> of(Path classes) throws IOException {
    SortedSet<String> statements = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        read(each, statements);
      }
    }
    return statements;
  }

  private static void read(Path file, SortedSet<String> statements) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(8); // magic and versions
      int count = in.readUnsignedShort();
      String[] texts = new String[count];
      int[] strings = new int[count];
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case UTF8 -> texts[i] = in.readUTF();
          case STRING -> strings[i] = in.readUnsignedShort();
          case 7, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++; // these take two entries
          }
          default -> in.skipNBytes(4);
        }
      }
      for (int index : strings) {
        String text = index == 0 ? null : texts[index];
        if (text != null && STATEMENT.matcher(text).matches() && !text.contains("%")) {
          statements.add(numbered(text.strip()));
        }
      }
    }
  }

  private static String numbered(String sql) {
    List<String> names = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(sql);
    StringBuilder numbered = new StringBuilder();
    int positions = 0;
    while (parameter.find()) {
      String replacement = parameter.group();
      if (parameter.group(1) != null) {
        if (!names.contains(parameter.group(1))) {
          names.add(parameter.group(1));
        }
        replacement = "$" + (names.indexOf(parameter.group(1)) + 1);
      } else if (replacement.equals("?")) {
        replacement = "$" + ++positions;
      }
      parameter.appendReplacement(numbered, Matcher.quoteReplacement(replacement));
    }
    return parameter.appendTail(numbered).toString();
  }
}
