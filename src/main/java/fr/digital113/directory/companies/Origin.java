package fr.digital113.directory.companies;

import java.util.Arrays;
import java.util.List;

/** What a company joined through: the cluster itself or one of its predecessors. */
enum Origin {
  DIGITALPLACE("digitalplace", "DigitalPlace"),
  FRENCHSOUTH_DIGITAL("frenchsouth-digital", "FrenchSouth.digital"),
  DIGITAL113("digital113", "Digital113");

  private final String code;
  private final String label;

  Origin(String code, String label) {
    this.code = code;
    this.label = label;
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(origin -> origin.code).toList();
  }

  /** The name, which is not translated; of an unknown origin the code. */
  static String label(String code) {
    return Arrays.stream(values())
        .filter(origin -> origin.code.equals(code))
        .map(origin -> origin.label)
        .findFirst()
        .orElse(code);
  }
}
