package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Workshops as the team writes them one by one. */
@Singleton
class WorkshopEditing implements Editable {
  static final String TYPE = "workshop";
  private static final Duration LONGEST = Duration.ofDays(31);

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String view() {
    return "workshop_document";
  }

  @Override
  public String path() {
    return "/v1/workshops";
  }

  @Override
  public List<Field> fields() {
    return WorkshopFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    return WorkshopFields.edit(item);
  }

  @Override
  public List<String> references() {
    return List.of("id::text");
  }

  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    Times.check(edit.after(), body, "", LONGEST);
    WorkshopPresenters.checkParticipants(
        edit.after().path(WorkshopFields.PRESENTERS),
        Json.texts(edit.after().path(WorkshopFields.PARTICIPANTS)),
        body);
  }

  /** What a company said, or was told, goes when it takes it back; not by the way. */
  @Override
  public void checkStored(Handle database, String id, Edit edit) {
    Text reason =
        new Text(
            "Des évaluations viennent de cette entreprise ou portent sur son plan : qui les a données les retire d'abord.",
            "Assessments are by this company or about its plan: who gave them takes them back first.");
    List<FieldError> errors = new ArrayList<>();
    if (edit.changes(WorkshopFields.PRESENTERS)
        && isNamed(
            database,
            id,
            "presenter",
            WorkshopPresenters.companies(edit.after().path(WorkshopFields.PRESENTERS)))) {
      errors.add(FieldError.at("/" + WorkshopFields.PRESENTERS, "has_assessments", reason));
    }
    if (edit.changes(WorkshopFields.PARTICIPANTS)
        && isNamed(
            database, id, "assessor", Json.texts(edit.after().path(WorkshopFields.PARTICIPANTS)))) {
      errors.add(FieldError.at("/" + WorkshopFields.PARTICIPANTS, "has_assessments", reason));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(ProblemType.CONFLICT, reason, errors);
    }
  }

  /** Whether an assessment names somebody else than these. */
  private static boolean isNamed(Handle database, String id, String column, List<String> others) {
    return database
        .createQuery(
            """
            select exists (select from workshop_assessment
              where workshop = :id::uuid and %s <> all(:others::uuid[]))
            """
                .formatted(column))
        .bind("id", id)
        .bindArray("others", String.class, others)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public String create(Handle database, ObjectNode after, Row row) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    row.insert(database, id, "id");
    return id;
  }

  @Override
  public void delete(Handle database, String id) {
    if (isNamed(database, id, "assessor", List.of())) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Des entreprises y ont donné leur évaluation, qui reste : archivez-la (publication: archived).",
              "Companies have given their assessments there, which stay: archive it (publication: archived)."));
    }
    database.execute("delete from workshop where id = ?::uuid", id);
  }
}
