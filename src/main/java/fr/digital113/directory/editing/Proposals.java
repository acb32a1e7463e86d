package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Changes of members that wait for the team, as the database keeps them. */
final class Proposals {
  private static final String TABLE = "proposal";

  private Proposals() {}

  /** Refuses what only the team may change, all of it at once. */
  static void refuseForeign(List<String> members) {
    List<FieldError> foreign =
        members.stream()
            .map(
                name ->
                    FieldError.at(
                        "/" + name,
                        "team_only",
                        new Text("Seule l'équipe change ceci.", "Only the team changes this.")))
            .toList();
    if (!foreign.isEmpty()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          new Text(
              "Certains membres ne peuvent être changés que par l'équipe ; rien n'a été changé.",
              "Some members can be changed by the team only; nothing was changed."),
          foreign);
    }
  }

  /** Notes what waits, a proposal for each topic; one that is open already is replaced. */
  static List<Proposal> propose(Handle database, Caller caller, Stored item, Edit edit) {
    ObjectNode current = edit.type().edit(item);
    Map<String, ObjectNode> before = new LinkedHashMap<>();
    Map<String, ObjectNode> after = new LinkedHashMap<>();
    edit.changed()
        .forEach(
            (field, value) -> {
              if (field.topic() != null) {
                before
                    .computeIfAbsent(field.topic(), topic -> JsonBody.emptyObject())
                    .set(field.name(), current.path(field.name()));
                after
                    .computeIfAbsent(field.topic(), topic -> JsonBody.emptyObject())
                    .set(field.name(), value);
              }
            });
    List<Proposal> proposals = new ArrayList<>();
    after.forEach(
        (topic, wanted) ->
            proposals.add(propose(database, caller, item.id(), topic, before.get(topic), wanted)));
    return proposals;
  }

  private static Proposal propose(
      Handle database,
      Caller caller,
      String company,
      String topic,
      @Nullable ObjectNode before,
      ObjectNode after) {
    Optional<Proposal> same =
        database
            .createQuery(
                Proposal.SELECT
                    + " where p.company::text = :company and p.topic = :topic and p.status = 'open'"
                    + " and p.before = :before::jsonb and p.after = :after::jsonb")
            .bind("company", company)
            .bind("topic", topic)
            .bind("before", String.valueOf(before))
            .bind("after", after.toString())
            .map((row, context) -> Proposal.of(row))
            .findOne();
    if (same.isPresent()) {
      return same.get();
    }
    database.execute(
        "update proposal set status = 'replaced', decided_at = now(), decided_by = ?"
            + " where company = ?::uuid and topic = ? and status = 'open'",
        caller.actor(),
        company,
        topic);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    database.execute(
        "insert into proposal (id, company, topic, before, after, actor) values (?, ?::uuid, ?, ?::jsonb, ?::jsonb, ?)",
        id,
        company,
        topic,
        String.valueOf(before),
        after.toString(),
        caller.actor());
    return get(database, id, "");
  }

  /**
   * The newest first.
   *
   * @param status only these; null for all
   * @param company only of this one, by id; null for all
   * @param before only those that are older than this one
   */
  static Decisions.Found<Proposal> list(
      Handle database,
      @Nullable String status,
      @Nullable String company,
      @Nullable String before,
      int limit) {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("status", status);
    values.put("company", company);
    return Decisions.newest(
        database,
        TABLE,
        Proposal.SELECT,
        "(:status::text is null or p.status = :status)"
            + " and (:company::uuid is null or p.company = :company::uuid)",
        values,
        before,
        limit,
        Proposal::of);
  }

  /** A proposal that must be there. */
  static Proposal get(Handle database, UUID id, String lock) {
    return database
        .createQuery(Proposal.SELECT + " where p.id = :id " + lock)
        .bind("id", id)
        .map((row, context) -> Proposal.of(row))
        .findOne()
        .orElseThrow(Refusals::notFound);
  }

  /**
   * Gives a proposal that nobody has decided.
   *
   * @throws ProblemException 409 for one that is decided
   */
  static Proposal open(Handle database, UUID id) {
    Proposal proposal = get(database, id, "for update of p");
    if (!proposal.isOpen()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text("Cette proposition est déjà close.", "This proposal is closed already."));
    }
    return proposal;
  }

  static void close(
      Handle database, UUID id, String status, Caller caller, @Nullable String reason) {
    Decisions.close(database, TABLE, id, status, caller, reason);
  }

  /**
   * Refuses a proposal that was made for other values than those of today.
   *
   * @throws ProblemException 409 when a value has changed since
   */
  static void requireUnchanged(Proposal proposal, ObjectNode current) {
    List<FieldError> changed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : proposal.before().properties()) {
      if (!Edit.isSame(each.getValue(), current.path(each.getKey()))) {
        changed.add(
            FieldError.at(
                "/" + each.getKey(),
                "changed_since",
                new Text(
                    "La valeur a changé depuis la proposition.",
                    "The value has changed since the proposal.")));
      }
    }
    if (!changed.isEmpty()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "L'entreprise a changé depuis la proposition : refusez-la ou faites le changement vous-même.",
              "The company has changed since the proposal: refuse it, or make the change yourself."),
          changed);
    }
  }
}
