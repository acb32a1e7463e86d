package fr.digital113.directory.imports;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.multipart.FileItem;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Turns a form into a job, or says at once what is wrong with it. */
@ApplicationScoped
class ImportRequests {
  private static final List<String> FIELDS = List.of("kind", "file", "dryRun", "naf", "territory");

  private final ImportKinds kinds;
  private final Uploads uploads;
  private final ImportWorker worker;
  private final Jdbi jdbi;

  ImportRequests(ImportKinds kinds, Uploads uploads, ImportWorker worker, Jdbi jdbi) {
    this.kinds = kinds;
    this.uploads = uploads;
    this.worker = worker;
    this.jdbi = jdbi;
  }

  /**
   * @return the id of the job
   * @throws ProblemException when a field or the header of the file is wrong
   */
  UUID accept(Map<String, Collection<FormValue>> form, String actor) {
    for (String name : form.keySet()) {
      if (name == null) {
        throw new ProblemException(
            ProblemType.MALFORMED_REQUEST,
            new Text(
                "Une partie du formulaire n'a pas de nom.", "A part of the form has no name."));
      }
      if (!FIELDS.contains(name)) {
        throw invalid(
            name,
            "unknown_parameter",
            new Text("Champ inconnu. Valides : %s.", "Unknown field. Valid: %s.")
                .with(String.join(", ", FIELDS)));
      }
    }
    ImportKind kind = kinds.named(text(form, "kind"));
    ImportOptions options = options(form, kind, actor);
    boolean dryRun = dryRun(form);
    FormValue file = value(form, "file");
    if (file == null || !file.isFileItem()) {
      throw invalid("file", "required", new Text("Le fichier manque.", "The file is missing."));
    }
    String sentAs = file.getFileName();
    String fileName = sentAs == null || sentAs.isBlank() ? "file" : baseName(sentAs);
    FileItem item = file.getFileItem();
    return submit(new ImportRun.Load(kind, uploads.keep(item::write), fileName, options, dryRun));
  }

  /** Looks at the header, then queues the load; its file is deleted when that fails in any way. */
  UUID submit(ImportRun.Load load) {
    boolean submitted = false;
    try {
      checkHeader(load.kind(), load.file(), load.fileName());
      UUID job = worker.submit(load);
      submitted = true;
      return job;
    } finally {
      if (!submitted) {
        uploads.delete(load.file());
      }
    }
  }

  private static void checkHeader(ImportKind kind, Path file, String fileName) {
    try (Table table = Tables.open(file, fileName)) {
      kind.checkHeader(table.header());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The name is logged, and ends up in other people's terminals: no lines or controls of its own.
  static String baseName(String sentAs) {
    String name =
        sentAs
            .substring(Math.max(sentAs.lastIndexOf('/'), sentAs.lastIndexOf('\\')) + 1)
            .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "_");
    return name.length() <= 200 ? name : name.substring(0, 200);
  }

  private static boolean dryRun(Map<String, Collection<FormValue>> form) {
    String text = text(form, "dryRun");
    if (text == null && form.containsKey("dryRun")) {
      throw invalid( // a script's empty variable must not make a trial a load
          "dryRun", "empty", new Text("La valeur est vide.", "The value is empty."));
    }
    try {
      return text != null && Values.bool(text);
    } catch (BadValueException bad) {
      throw invalid("dryRun", bad.code(), bad.reason());
    }
  }

  private ImportOptions options(
      Map<String, Collection<FormValue>> form, ImportKind kind, String actor) {
    String naf = text(form, "naf");
    String territory = text(form, "territory");
    if (kind instanceof OwnFileKind && (naf != null || territory != null)) {
      throw invalid(
          naf != null ? "naf" : "territory",
          "not_applicable",
          new Text(
              "Ce champ ne vaut que pour les fichiers du registre.",
              "This field is only for files of the register."));
    }
    return new ImportOptions(
        naf == null ? List.of() : naf.equals("any") ? null : codes(naf),
        territory == null ? null : territory(territory),
        actor);
  }

  private List<String> codes(String naf) {
    List<String> codes = Arrays.stream(naf.split(",")).map(String::strip).toList();
    List<String> known =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select distinct code from naf where code = any(:codes)")
                    .bindArray("codes", String.class, codes)
                    .mapTo(String.class)
                    .list());
    for (String code : codes) {
      if (!known.contains(code)) {
        throw invalid(
            "naf",
            "unknown_value",
            new Text(
                    "Code NAF inconnu « %s ». Écrivez des codes séparés par des virgules, ou any.",
                    "Unknown NAF code \"%s\". Write codes separated by commas, or any.")
                .with(code));
      }
    }
    return codes;
  }

  private String territory(String reference) {
    return jdbi.withHandle(
            database ->
                database
                    .createQuery("select code from territory where code = :ref or slug = :ref")
                    .bind("ref", reference)
                    .mapTo(String.class)
                    .findFirst())
        .orElseThrow(
            () ->
                invalid(
                    "territory",
                    "unknown_value",
                    new Text(
                        "Le code ou le slug d'un territoire est attendu (voir /v1/territories).",
                        "The code or slug of a territory is expected (see /v1/territories).")));
  }

  private static @Nullable FormValue value(Map<String, Collection<FormValue>> form, String name) {
    Collection<FormValue> values = form.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw invalid(name, "repeated", new Text("Ce champ est répété.", "This field is repeated."));
    }
    return values.isEmpty() ? null : values.iterator().next();
  }

  private static @Nullable String text(Map<String, Collection<FormValue>> form, String name) {
    FormValue value = value(form, name);
    if (value != null && value.isFileItem()) {
      throw invalid(name, "not_a_file", new Text("Un texte est attendu.", "A text is expected."));
    }
    if (value == null || value.getValue().isBlank()) {
      return null;
    }
    String text = value.getValue().strip();
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          name,
          "control_character",
          new Text("Un caractère de contrôle s'y trouve.", "It holds a control character."));
    }
    return text;
  }

  private static ProblemException invalid(String field, String code, Text message) {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER, message, List.of(new FieldError(field, code, message)));
  }
}
