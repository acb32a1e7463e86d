package fr.digital113.directory.access;

import static fr.digital113.directory.access.Ownership.Kind.CALENDAR;
import static fr.digital113.directory.access.Ownership.Kind.COMPANY;
import static fr.digital113.directory.access.Ownership.Kind.FACTORY;
import static fr.digital113.directory.access.Ownership.Kind.INITIATIVE;
import static fr.digital113.directory.access.Ownership.Kind.JOINING;
import static fr.digital113.directory.access.Ownership.Kind.MEETING;
import static fr.digital113.directory.access.Ownership.Kind.PROPOSAL;
import static fr.digital113.directory.access.Ownership.Kind.WEBHOOK;
import static fr.digital113.directory.access.Ownership.Kind.WORKSHOP;
import static fr.digital113.directory.access.Role.ADMIN;
import static fr.digital113.directory.access.Role.STATISTICIAN;
import static fr.digital113.directory.access.Role.TEAM;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may do what: every endpoint has a row here, and what has none is refused. RoleTableTest holds
 * each row with each role. An admin may all that the team may.
 */
final class AccessRules {
  static final List<Rule> ALL =
      List.of(
          get("/v1").anyone(),
          get("/problems").anyone(),
          get("/problems/{slug}").anyone(),

          // Companies: the team all, a member its own but for what decides on its membership
          get("/v1/companies").anyone(),
          get("/v1/companies/suggest").anyone(),
          get("/v1/companies/{ref}").anyone().orOwn(COMPANY),
          post("/v1/companies").by(TEAM),
          put("/v1/companies/{ref}").by(TEAM).orOwn(COMPANY),
          patch("/v1/companies/{ref}").by(TEAM).orOwn(COMPANY),
          delete("/v1/companies/{ref}").by(TEAM),
          get("/v1/companies/{ref}/history").by(TEAM),
          get("/v1/companies/{ref}/memberships").by(TEAM).orOwn(COMPANY),
          post("/v1/companies/{ref}/memberships").by(TEAM),
          get("/v1/companies/{ref}/memberships/{joinedOn}").by(TEAM).orOwn(COMPANY),
          patch("/v1/companies/{ref}/memberships/{joinedOn}").by(TEAM),
          delete("/v1/companies/{ref}/memberships/{joinedOn}").by(TEAM),

          // Proposals: what a member would like to see changed, which the team decides
          get("/v1/proposals").by(TEAM).orOwn(PROPOSAL),
          get("/v1/proposals/{id}").by(TEAM).orOwn(PROPOSAL),
          delete("/v1/proposals/{id}").by(TEAM).orOwn(PROPOSAL),
          post("/v1/proposals/{id}/accept").by(TEAM),
          post("/v1/proposals/{id}/refuse").by(TEAM),

          // Factories: the team all, the two leads their own
          get("/v1/factories").anyone(),
          get("/v1/factories/{slug}").anyone().orOwn(FACTORY),
          get("/v1/factories/{slug}/companies").anyone(),
          post("/v1/factories").by(TEAM),
          put("/v1/factories/{slug}").by(TEAM),
          patch("/v1/factories/{slug}").by(TEAM).orOwn(FACTORY),
          delete("/v1/factories/{slug}").by(TEAM),
          get("/v1/factories/{slug}/history").by(TEAM),
          get("/v1/factories/{slug}/leads").anyone(),

          // Initiatives: the team all, the leads those of their Factory
          get("/v1/initiatives").anyone(),
          get("/v1/initiatives/{slug}").anyone().orOwn(INITIATIVE),
          put("/v1/initiatives/{slug}").by(TEAM).orOwn(INITIATIVE),
          patch("/v1/initiatives/{slug}").by(TEAM).orOwn(INITIATIVE),
          delete("/v1/initiatives/{slug}").by(TEAM).orOwn(INITIATIVE),
          get("/v1/initiatives/{slug}/history").by(TEAM),
          get("/v1/factories/{slug}/initiatives").anyone(),
          post("/v1/factories/{slug}/initiatives").by(TEAM).orOwn(FACTORY),

          // Joining: members ask for their company, which the leads of the Factory decide
          get("/v1/factories/{slug}/requests").by(TEAM).orOwn(FACTORY).orOwn(JOINING),
          post("/v1/factories/{slug}/requests").orOwn(JOINING),
          get("/v1/factories/{slug}/requests/{id}").by(TEAM).orOwn(FACTORY).orOwn(JOINING),
          delete("/v1/factories/{slug}/requests/{id}").orOwn(JOINING),
          post("/v1/factories/{slug}/requests/{id}/accept").by(TEAM).orOwn(FACTORY),
          post("/v1/factories/{slug}/requests/{id}/decline").by(TEAM).orOwn(FACTORY),
          delete("/v1/factories/{slug}/companies/{ref}").by(TEAM).orOwn(FACTORY).orOwn(JOINING),

          // Meetings: the team all, the two leads those of their Factory
          get("/v1/meetings").anyone(),
          get("/v1/factories/{slug}/meetings").anyone(),
          post("/v1/factories/{slug}/meetings").by(TEAM).orOwn(FACTORY),
          get("/v1/meetings/{id}").anyone().orOwn(MEETING),
          put("/v1/meetings/{id}").by(TEAM).orOwn(MEETING),
          patch("/v1/meetings/{id}").by(TEAM).orOwn(MEETING),
          delete("/v1/meetings/{id}").by(TEAM).orOwn(MEETING),
          get("/v1/meetings/{id}/history").by(TEAM),
          // Events and workshops: the team all; assessments by those who take part, each its own
          get("/v1/events").anyone(),
          get("/v1/events/{slug}").anyone(),
          post("/v1/events").by(TEAM),
          put("/v1/events/{slug}").by(TEAM),
          patch("/v1/events/{slug}").by(TEAM),
          delete("/v1/events/{slug}").by(TEAM),
          get("/v1/events/{slug}/history").by(TEAM),
          get("/v1/workshops").anyone(),
          get("/v1/workshops/{id}").anyone(),
          post("/v1/workshops").by(TEAM),
          put("/v1/workshops/{id}").by(TEAM),
          patch("/v1/workshops/{id}").by(TEAM),
          delete("/v1/workshops/{id}").by(TEAM),
          get("/v1/workshops/{id}/history").by(TEAM),
          put("/v1/workshops/{id}/assessments/{presenter}").orOwn(WORKSHOP),
          delete("/v1/workshops/{id}/assessments/{presenter}").orOwn(WORKSHOP),

          // Calendars: for everybody, and at addresses of their own for members and the team
          get("/v1/calendar.ics").anyone(),
          get("/v1/meetings.ics").anyone(),
          get("/v1/factories/{slug}/meetings.ics").anyone(),
          get("/v1/territories/{ref}/meetings.ics").anyone(),
          get("/v1/events.ics").anyone(),
          get("/v1/workshops.ics").anyone(),
          get("/v1/calendars/{token}.ics").anyone(),
          get("/v1/calendars").by(TEAM).orOwn(CALENDAR),
          post("/v1/calendars").by(TEAM).orOwn(CALENDAR),
          get("/v1/calendars/{id}").by(TEAM).orOwn(CALENDAR),
          delete("/v1/calendars/{id}").by(TEAM).orOwn(CALENDAR),

          // What everything is sorted by
          get("/v1/sectors").anyone(),
          get("/v1/sectors/{slug}").anyone(),
          post("/v1/sectors").by(TEAM),
          put("/v1/sectors/{slug}").by(TEAM),
          patch("/v1/sectors/{slug}").by(TEAM),
          delete("/v1/sectors/{slug}").by(TEAM),
          get("/v1/sectors/{slug}/history").by(TEAM),
          get("/v1/territories").anyone(),
          get("/v1/territories/{ref}").anyone(),
          get("/v1/territories/{ref}/companies").anyone(),
          patch("/v1/territories/{ref}").by(TEAM),
          get("/v1/territories/{ref}/history").by(TEAM),
          get("/v1/cluster").anyone(),
          patch("/v1/cluster").by(TEAM),
          get("/v1/cluster/history").by(TEAM),

          // Copies that are kept fresh
          get("/v1/changes").anyone(),
          get("/v1/changes/stream").anyone(),

          // Figures: without suppression for the team and statisticians
          get("/v1/statistics").anyone(),
          get("/v1/statistics/companies").anyone().orBy(STATISTICIAN),
          get("/v1/statistics/growth").anyone().orBy(STATISTICIAN),
          get("/v1/statistics/objectives").anyone(),
          get("/v1/statistics/factories").anyone(),
          get("/v1/statistics/vintages").anyone(),
          post("/v1/statistics/vintages").by(TEAM),
          get("/v1/statistics/vintages/{id}").anyone(),
          get("/v1/statistics/vintages/{id}/audit").by(TEAM),

          // Files
          get("/v1/imports").by(TEAM),
          post("/v1/imports").by(TEAM),
          get("/v1/imports/{id}").by(TEAM),
          get("/v1/imports/{id}/report").by(TEAM),
          get("/v1/imports/templates/{kind}").by(TEAM),
          get("/v1/imports/exports/{kind}").by(TEAM),

          // Partners and keys
          get("/v1/partners").by(ADMIN),
          post("/v1/partners").by(ADMIN),
          get("/v1/partners/{id}").by(ADMIN),
          patch("/v1/partners/{id}").by(ADMIN),
          delete("/v1/partners/{id}").by(ADMIN),
          get("/v1/partners/{id}/keys").by(ADMIN),
          post("/v1/partners/{id}/keys").by(ADMIN),
          post("/v1/partners/{id}/keys/{key}/rotate").by(ADMIN),
          delete("/v1/partners/{id}/keys/{key}").by(ADMIN),

          // Webhooks: each partner its own
          get("/v1/webhooks").by(ADMIN).orOwn(WEBHOOK),
          post("/v1/webhooks").by(ADMIN).orOwn(WEBHOOK),
          get("/v1/webhooks/{id}").by(ADMIN).orOwn(WEBHOOK),
          patch("/v1/webhooks/{id}").by(ADMIN).orOwn(WEBHOOK),
          delete("/v1/webhooks/{id}").by(ADMIN).orOwn(WEBHOOK),
          post("/v1/webhooks/{id}/ping").by(ADMIN).orOwn(WEBHOOK),
          post("/v1/webhooks/{id}/replay").by(ADMIN).orOwn(WEBHOOK),
          post("/v1/webhooks/{id}/rotate-secret").by(ADMIN).orOwn(WEBHOOK),
          get("/v1/webhooks/{id}/deliveries").by(ADMIN).orOwn(WEBHOOK),

          // Persons who are to be forgotten: what is gone does not come back
          get("/v1/erasures").by(ADMIN),
          post("/v1/erasures").by(ADMIN),
          get("/v1/erasures/{id}").by(ADMIN));

  private static final Map<String, Rule> BY_KEY =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Rule::key, Function.identity()));

  private AccessRules() {}

  /** The row of an endpoint, whatever its placeholders are called. */
  static Optional<Rule> of(String method, String path) {
    return Optional.ofNullable(BY_KEY.get(Rule.of(method, path).key()));
  }

  private static Rule get(String path) {
    return Rule.of("GET", path);
  }

  private static Rule post(String path) {
    return Rule.of("POST", path);
  }

  private static Rule put(String path) {
    return Rule.of("PUT", path);
  }

  private static Rule patch(String path) {
    return Rule.of("PATCH", path);
  }

  private static Rule delete(String path) {
    return Rule.of("DELETE", path);
  }
}
