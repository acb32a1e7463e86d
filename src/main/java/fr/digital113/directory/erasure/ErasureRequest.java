package fr.digital113.directory.erasure;

import fr.digital113.directory.erasure.Terms.Kind;
import fr.digital113.directory.erasure.Terms.Term;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be forgotten.
 *
 * @param reason why, as a code; null only of a dry run
 */
record ErasureRequest(List<Term> terms, @Nullable String reason, boolean dryRun) {
  private static final List<String> REASONS =
      List.of("request", "objection", "consent_withdrawn", "authority");
  private static final int MOST = 20;
  private static final int LONGEST = 300;
  private static final int MOST_WORDS = 30;

  /**
   * Reads a body.
   *
   * @throws ProblemException when it says nothing that could be looked for
   */
  static ErasureRequest of(JsonBody body) {
    Set<Term> terms = new LinkedHashSet<>();
    each(
        body, "emails", text -> List.of(term(Kind.EMAIL, Finder.email(Values.email(text)))), terms);
    each(body, "phones", ErasureRequest::phone, terms);
    each(body, "names", ErasureRequest::name, terms);
    each(body, "texts", text -> List.of(term(Kind.WORDS, words(text))), terms);
    each(body, "actors", ErasureRequest::actor, terms);
    Boolean dryRun = body.flag("dryRun");
    boolean real = dryRun == null || !dryRun;
    String reason = body.one("reason", REASONS);
    if (real && body.isSound()) {
      body.required("reason");
    }
    if (terms.isEmpty() && body.isSound()) {
      body.error(
          "emails",
          "nothing_to_find",
          new Text(
              "Au moins un élément : emails, phones, names, texts ou actors.",
              "At least one of emails, phones, names, texts or actors."));
    }
    body.check();
    return new ErasureRequest(List.copyOf(terms), reason, !real);
  }

  private static void each(JsonBody body, String name, Parser<List<Term>> parser, Set<Term> terms) {
    List<String> given = body.texts(name, MOST);
    for (int i = 0; given != null && i < given.size(); i++) {
      List<Term> read = Parser.parsed(body, name + "/" + i, given.get(i).strip(), parser);
      if (read != null) {
        terms.addAll(read);
      }
    }
  }

  private static Term term(Kind kind, String text) {
    return Term.of(kind, text);
  }

  private static List<Term> phone(String text) throws BadValueException {
    String phone = Finder.phone(Values.phone(text));
    if (phone == null) {
      throw new BadValueException(
          "invalid_phone",
          "Écrivez le numéro avec son pays, comme +33536490001, ou ses dix chiffres.",
          "Write the number with its country, such as +33536490001, or its ten digits.");
    }
    return List.of(term(Kind.PHONE, phone));
  }

  /** A name is also written with the family name first. */
  private static List<Term> name(String text) throws BadValueException {
    List<String> words = List.of(words(text).split(" ", -1));
    int last = words.size() - 1;
    List<String> familyFirst = new ArrayList<>(words.subList(last, last + 1));
    familyFirst.addAll(words.subList(0, last));
    List<String> givenLast = new ArrayList<>(words.subList(1, last + 1));
    givenLast.add(words.get(0));
    return List.of(
        term(Kind.WORDS, String.join(" ", words)),
        term(Kind.WORDS, String.join(" ", familyFirst)),
        term(Kind.WORDS, String.join(" ", givenLast)));
  }

  /** One word alone would be found in what is somebody else's. */
  private static String words(String text) throws BadValueException {
    String words = text.length() > LONGEST ? "" : FoldedWords.words(text);
    int count = words.split(" ", -1).length;
    if (count < 2 || count > MOST_WORDS) {
      throw new BadValueException(
          "too_vague",
          "De deux à " + MOST_WORDS + " mots, comme un prénom et un nom.",
          "From two to " + MOST_WORDS + " words, such as a given and a family name.");
    }
    return words;
  }

  private static List<Term> actor(String text) throws BadValueException {
    if (text.length() > LONGEST || !text.startsWith("user:") && !text.startsWith("key:")) {
      throw new BadValueException(
          "invalid_actor",
          "Comme l'historique l'écrit, par exemple user:…",
          "As the history writes it, such as user:…");
    }
    return List.of(term(Kind.ACTOR, text));
  }
}
