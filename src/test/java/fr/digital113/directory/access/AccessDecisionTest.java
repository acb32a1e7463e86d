package fr.digital113.directory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the caller's own, and what it must not even know of. */
@QuarkusTest
class AccessDecisionTest {
  private static final UUID CAPTEURS = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID SANTE = UUID.fromString("0190a000-0000-7000-8000-000000000005");
  private static final UUID DRAFT = UUID.fromString("0190a000-0000-7000-8000-000000000007");

  @Inject Fixture fixture;
  @Inject AccessDecision decision;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "capteurs-d-oc",
        "000000018",
        "00000001800010",
        "0190a000-0000-7000-8000-000000000001",
        "0190A000-0000-7000-8000-000000000001"
      })
  void knowsAMembersOwnCompanyByEachOfItsNames(String ref) {
    assertThat(edit(Role.MEMBER, CAPTEURS, ref)).isEqualTo(Grant.OWN);
    assertProblem(ProblemType.FORBIDDEN, () -> edit(Role.MEMBER, SANTE, ref));
  }

  @Test
  void hidesWhatIsNotPublicFromAllWhoseOwnItIsNot() {
    assertThat(edit(Role.MEMBER, DRAFT, "projet-secret")).isEqualTo(Grant.OWN);
    for (String ref : new String[] {"projet-secret", "maison-fermee", "nowhere"}) {
      assertProblem(ProblemType.NOT_FOUND, () -> edit(Role.MEMBER, CAPTEURS, ref));
    }
  }

  @Test
  void tellsThoseWhoMayEditNothingTheSameOfEverything() {
    for (String ref : new String[] {"capteurs-d-oc", "projet-secret", "nowhere"}) {
      assertProblem(ProblemType.FORBIDDEN, () -> edit(Role.PARTNER, null, ref));
      assertProblem(ProblemType.FORBIDDEN, () -> edit(Role.STATISTICIAN, null, ref));
      assertProblem(ProblemType.FORBIDDEN, () -> edit(Role.MEMBER, null, ref));
      assertProblem(ProblemType.UNAUTHENTICATED, () -> grant("PATCH", Caller.ANYONE, ref));
    }
  }

  @Test
  void letsTheTeamEditAllOfThem() {
    assertThat(edit(Role.TEAM, null, "projet-secret")).isEqualTo(Grant.TEAM);
    assertThat(edit(Role.ADMIN, null, "capteurs-d-oc")).isEqualTo(Grant.TEAM);
    assertThat(edit(Role.TEAM, CAPTEURS, "capteurs-d-oc")).isEqualTo(Grant.TEAM);
  }

  @Test
  void tellsAReaderWhoseOwnItIs() {
    assertThat(grant("GET", caller(Role.MEMBER, CAPTEURS), "capteurs-d-oc")).isEqualTo(Grant.OWN);
    assertThat(grant("GET", caller(Role.MEMBER, SANTE), "capteurs-d-oc")).isEqualTo(Grant.PUBLIC);
    assertThat(grant("GET", caller(Role.TEAM, null), "capteurs-d-oc")).isEqualTo(Grant.TEAM);
    assertThat(grant("GET", Caller.ANYONE, "capteurs-d-oc")).isEqualTo(Grant.PUBLIC);
  }

  @Test
  void knowsTheLeadsOfAFactoryOfToday() {
    assertThat(factory(Role.FACTORY_LEAD, CAPTEURS, "objets-connectes")).isEqualTo(Grant.OWN);
    assertThat(factory(Role.FACTORY_LEAD, CAPTEURS, "0190a000-0000-7000-8000-0000000000f1"))
        .isEqualTo(Grant.OWN);
    assertProblem(
        ProblemType.FORBIDDEN, () -> factory(Role.FACTORY_LEAD, SANTE, "objets-connectes"));
    assertProblem(ProblemType.FORBIDDEN, () -> factory(Role.MEMBER, CAPTEURS, "objets-connectes"));
    assertProblem(ProblemType.NOT_FOUND, () -> factory(Role.FACTORY_LEAD, CAPTEURS, "nowhere"));
    fixture.sql("update factory set status = 'needs_lead' where slug = 'objets-connectes'");
    fixture.sql("update factory_lead set until = current_date where company = ?", CAPTEURS);
    assertProblem(
        ProblemType.FORBIDDEN, () -> factory(Role.FACTORY_LEAD, CAPTEURS, "objets-connectes"));
  }

  @Test
  void asksForEachKindThatARowHas() {
    Rule rule = AccessRules.of("GET", "/v1/factories/{slug}/requests").orElseThrow();
    String led = "objets-connectes";
    assertThat(decision.grant(rule, caller(Role.FACTORY_LEAD, CAPTEURS), led)).isEqualTo(Grant.OWN);
    assertThat(decision.grant(rule, caller(Role.MEMBER, SANTE), led)).isEqualTo(Grant.OWN);
    Caller both =
        new Caller(
            "user:x",
            Set.of(Role.FACTORY_LEAD, Role.MEMBER),
            SANTE,
            null,
            null,
            Plans.STANDARD); // leads nothing, but is a member
    assertThat(decision.grant(rule, both, led)).isEqualTo(Grant.OWN);
    assertProblem(
        ProblemType.FORBIDDEN, () -> decision.grant(rule, caller(Role.FACTORY_LEAD, SANTE), led));
    assertProblem(
        ProblemType.FORBIDDEN, () -> decision.grant(rule, caller(Role.PARTNER, null), led));
    assertProblem(ProblemType.NOT_FOUND, () -> decision.grant(rule, both, "nowhere"));
    assertProblem(ProblemType.UNAUTHENTICATED, () -> decision.grant(rule, Caller.ANYONE, led));
    assertThat(decision.grant(rule, caller(Role.TEAM, null), led)).isEqualTo(Grant.TEAM);
    UUID former = UUID.fromString("0190a000-0000-7000-8000-000000000002");
    assertProblem(
        ProblemType.FORBIDDEN, () -> decision.grant(rule, caller(Role.MEMBER, former), led));
  }

  private Grant edit(Role role, @Nullable UUID company, String ref) {
    return grant("PATCH", caller(role, company), ref);
  }

  private Grant grant(String method, Caller caller, String ref) {
    return decision.grant(AccessRules.of(method, "/v1/companies/{ref}").orElseThrow(), caller, ref);
  }

  private Grant factory(Role role, UUID company, String ref) {
    return decision.grant(
        AccessRules.of("PATCH", "/v1/factories/{slug}").orElseThrow(), caller(role, company), ref);
  }

  private static Caller caller(Role role, @Nullable UUID company) {
    return new Caller("user:x", Set.of(role), company, null, null, Plans.STANDARD);
  }

  private static void assertProblem(ProblemType type, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
