package fr.digital113.directory.initiatives;

import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A code that says something of an initiative, with its name for people. */
interface Code {

  /** The constant's name. */
  String name();

  /** For people. */
  Text label();

  /** As answers and filters have it. */
  default String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The codes of some, in their order. */
  static List<String> codes(Code... all) {
    return Arrays.stream(all).map(Code::code).toList();
  }

  /** The label of a code. */
  static Text label(String code, Code... all) {
    return Arrays.stream(all)
        .filter(each -> each.code().equals(code))
        .findFirst()
        .map(Code::label)
        .orElse(new Text(code, code));
  }

  /** How far it has come. */
  enum Status implements Code {
    PROPOSED("Proposée", "Proposed"),
    RUNNING("En cours", "Running"),
    DONE("Menée à bien", "Done"),
    DROPPED("Abandonnée", "Dropped");

    private final Text label;

    Status(String fr, String en) {
      this.label = new Text(fr, en);
    }

    @Override
    public Text label() {
      return label;
    }
  }

  /** What it is. */
  enum Kind implements Code {
    COLLECTIVE_ACTION("Action collective", "Collective action"),
    COLLABORATIVE_PROJECT("Projet collaboratif", "Collaborative project");

    private final Text label;

    Kind(String fr, String en) {
      this.label = new Text(fr, en);
    }

    @Override
    public Text label() {
      return label;
    }
  }

  /** Who may see it. */
  enum Publication implements Code {
    DRAFT("Brouillon", "Draft"),
    PUBLISHED("Publiée", "Published"),
    ARCHIVED("Archivée", "Archived");

    private final Text label;

    Publication(String fr, String en) {
      this.label = new Text(fr, en);
    }

    @Override
    public Text label() {
      return label;
    }
  }
}
