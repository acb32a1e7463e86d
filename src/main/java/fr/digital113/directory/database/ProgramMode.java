package fr.digital113.directory.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a process was started for; the first argument of the program. */
public enum ProgramMode {
  /** Answers over HTTP until it is told to end; without an argument. */
  SERVE,
  /** Brings a configured database up to this program, and ends. */
  MIGRATE,
  /** Does once what a running program does from time to time ({@link Upkeep}), and ends. */
  MAINTAIN;

  /**
   * Reads the arguments of the program.
   *
   * @throws StartupFailure when there are others than one known word, or none
   */
  public static ProgramMode of(String... args) {
    if (args.length == 0) {
      return SERVE;
    }
    return Arrays.stream(values())
        .filter(mode -> args.length == 1 && mode != SERVE && mode.word().equals(args[0]))
        .findFirst()
        .orElseThrow(
            () ->
                new StartupFailure(
                    "Unknown arguments: %s. Leave them out to serve, or say migrate or maintain."
                        .formatted(
                            Arrays.stream(args)
                                .map(each -> each.replaceAll("\\s+", " "))
                                .collect(Collectors.joining(" ")))));
  }

  /**
   * Ends a run that has done its work, from within an observer of the start: nothing behind it
   * begins, and the exit code is 0.
   */
  static PreventFurtherStepsException done(String said) {
    System.out.println(said);
    Quarkus.asyncExit(0);
    return new PreventFurtherStepsException(0);
  }

  /**
   * Ends a start that was told to end, from within one of its observers: nothing behind it begins.
   */
  public static PreventFurtherStepsException ended() {
    return new PreventFurtherStepsException(0); // the code is that of the signal all the same
  }

  /** How it is asked for, such as {@code migrate}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
