package fr.digital113.directory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.IdentityProvider;
import fr.digital113.directory.testsupport.SettableClock;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.Header;
import fr.digital113.directory.web.ProblemType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are taken, from a provider over HTTP; and what happens while it is away. */
class BearerTokenTest {
  private static final UUID COMPANY = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  private final SettableClock clock = new SettableClock();
  private IdentityProvider provider;
  private Tokens tokens;

  /** Settings as an operator gives them. */
  private record Settings(
      Optional<String> issuer,
      Optional<String> audience,
      String rolesClaim,
      String companyClaim,
      Optional<String> jwksUrl)
      implements TokenSettings {}

  @BeforeEach
  void startAProvider() throws Exception {
    provider = IdentityProvider.start();
    tokens = tokensOf(provider.issuer(), IdentityProvider.ROLES_CLAIM);
  }

  @AfterEach
  void stopIt() {
    provider.close();
  }

  @Test
  void takesAGoodToken() {
    assertThat(caller(provider.token(COMPANY, "member", "factory-lead", "uma_authorization")))
        .isEqualTo(
            new Caller(
                "user:0f0e0d0c",
                Set.of(Role.MEMBER, Role.FACTORY_LEAD),
                COMPANY,
                null,
                null,
                Plans.STANDARD));
  }

  @Test
  void takesATokenWithoutAnyRoleOfTheDirectoryForSomebodyWithoutRights() {
    Caller caller = caller(provider.token(claims -> {}));

    assertThat(caller.roles()).isEmpty();
    assertThat(caller.isAnonymous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jeanne@example.org", "Jeanne Exemple", "jeanne.exemple", "x\ny"})
  void keepsNoNameOrAddressOfAPerson(String subject) {
    assertThat(caller(provider.token(claims -> claims.setSubject(subject))).actor())
        .matches("user:[0-9a-f]{32}");
  }

  @Test
  void readsRolesWhereverTheProviderPutsThem() {
    String url = "https://example.org/roles";
    String token = provider.token(claims -> claims.setClaim(url, List.of("team")));
    assertThat(tokensOf(provider.issuer(), url).caller("Bearer " + token).roles())
        .containsExactly(Role.TEAM);
    String words = provider.token(claims -> claims.setClaim("scope", "openid statistician,team"));
    assertThat(tokensOf(provider.issuer(), "scope").caller("bearer " + words).roles())
        .containsExactlyInAnyOrder(Role.TEAM, Role.STATISTICIAN);
    String odd = provider.token(claims -> claims.setClaim("realm_access", "team"));
    assertThat(caller(odd).roles()).isEmpty();
  }

  @Test
  void ignoresACompanyThatIsNoId() {
    assertThat(caller(provider.token(claims -> claims.setClaim("company", "x"))).company())
        .isNull();
    assertThat(
            caller(
                    provider.token(
                        claims -> claims.setClaim("company", List.of(COMPANY + "", COMPANY + ""))))
                .company())
        .isNull();
  }

  @Test
  void refusesWhatWasMadeElsewhereOrForAnother() {
    assertRefused(with(claims -> claims.setIssuer("https://other.example")), "another identity");
    assertRefused(with(claims -> claims.unsetClaim("iss")), "The token is not valid.");
    assertRefused(with(claims -> claims.setAudience("shop")), "not made for this service");
    assertRefused(with(claims -> claims.unsetClaim("aud")), "not made for this service");
    assertRefused(with(claims -> claims.unsetClaim("sub")), "The token is not valid.");
  }

  @Test
  void refusesWhatIsOverOrHasNotBegun() {
    long late = Tokens.SKEW_SECONDS + 1;
    assertRefused(
        with(
            claims -> {
              claims.setIssuedAt(now(-late - 60));
              claims.setExpirationTime(now(-late));
            }),
        "The token has expired.");
    assertRefused(with(claims -> claims.unsetClaim("exp")), "The token is not valid.");
    assertRefused(with(claims -> claims.setNotBefore(now(late + 60))), "not valid yet");
    String justOver =
        with(
            claims -> {
              claims.setIssuedAt(now(-60));
              claims.setExpirationTime(now(-1));
            });
    assertThat(caller(justOver)).isNotNull();
  }

  @Test
  void refusesWhatNobodySigned() throws Exception {
    JsonWebSignature none = signature();
    none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    assertRefused(none.getCompactSerialization(), "The token is not valid.");
    String good = provider.token(COMPANY, "team");
    assertRefused(good.substring(0, good.lastIndexOf('.') + 1), "The token is not valid.");
    assertRefused(good.substring(0, good.length() - 8) + "AAAAAAAA", "The token is not valid.");
  }

  @Test
  void refusesWhatIsSignedWithThePublicKeyAsASecret() throws Exception {
    for (byte[] secret :
        List.of(
            provider.key().getPublicKey().getEncoded(),
            ("-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder()
                        .encodeToString(provider.key().getPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.UTF_8))) {
      JsonWebSignature signature = signature();
      signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
      signature.setKey(new HmacKey(secret));
      assertRefused(signature.getCompactSerialization(), "The token is not valid.");
    }
  }

  @Test
  void refusesAKeyThatTheTokenBringsItself() throws Exception {
    try (IdentityProvider other = IdentityProvider.start()) {
      JsonWebSignature signature = signature();
      signature.setKey(other.key().getPrivateKey());
      signature.setHeader("jku", other.issuer() + "/keys");
      signature.setJwkHeader(other.key());
      assertRefused(signature.getCompactSerialization(), "The token is not valid.");
      assertThat(other.asked()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30.", "é"})
  void refusesGarbage(String token) {
    assertRefused(token, "The token is not valid.");
  }

  @Test
  void takesTokensOfANewKeyAndNoLongerThoseOfTheOldOne() throws Exception {
    String old = provider.token(COMPANY, "team");
    assertThat(caller(old)).isNotNull();
    provider.rotate();
    clock.pass(ProviderKeys.ASK_EVERY);

    assertThat(caller(provider.token(COMPANY, "team"))).isNotNull();
    assertRefused(old, "The token is not valid.");
  }

  @Test
  void asksForUnknownKeysSeldomWhateverIsSent() throws Exception {
    assertThat(caller(provider.token(COMPANY, "team"))).isNotNull();
    int before = provider.asked();
    for (int i = 0; i < 50; i++) {
      assertRefused(unknownKey(), "The token is not valid.");
    }
    assertThat(provider.asked()).isEqualTo(before);
    clock.pass(ProviderKeys.ASK_EVERY);
    assertRefused(unknownKey(), "The token is not valid.");
    assertRefused(unknownKey(), "The token is not valid.");

    assertThat(provider.asked()).isEqualTo(before + 2); // discovery, and keys
  }

  @Test
  void goesOnWithKnownKeysWhileTheProviderIsAway() throws Exception {
    assertThat(caller(provider.token(COMPANY, "team"))).isNotNull();
    provider.stop();
    clock.pass(ProviderKeys.FRESH);
    String token = with(claims -> claims.setExpirationTime(now(60)));

    assertThat(caller(token)).isNotNull();
    clock.pass(ProviderKeys.FRESH);
    assertRefused(token, "The token has expired.");
  }

  @Test
  void saysThatTheProviderIsAwayWhenNoKeysAreKnown() throws Exception {
    String token = provider.token(COMPANY, "team");
    provider.stop();
    assertUnavailable(token);
    provider.resume();
    assertUnavailable(token); // not asked again so soon
    clock.pass(ProviderKeys.ASK_EVERY);

    assertThat(caller(token)).isNotNull();
  }

  @Test
  void neverWaitsLongForAProviderThatDoesNotAnswerAndWithFewThreads() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Tokens waiting = tokensOf("http://127.0.0.1:" + silent.getLocalPort(), "roles");
      String token = provider.token(COMPANY, "team");
      ExecutorService threads = Executors.newFixedThreadPool(40);
      try {
        long start = System.nanoTime();
        List<Future<Long>> waits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          waits.add(
              threads.submit(
                  () -> {
                    assertThatThrownBy(() -> waiting.caller("Bearer " + token))
                        .isInstanceOf(ProblemException.class);
                    return System.nanoTime() - start;
                  }));
        }
        List<Long> seconds = new ArrayList<>();
        for (Future<Long> wait : waits) {
          seconds.add(Duration.ofNanos(wait.get()).toSeconds());
        }
        assertThat(seconds).allMatch(each -> each <= 6);
        assertThat(seconds.stream().filter(each -> each >= 2).count()).isLessThanOrEqualTo(5);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void believesNoProviderThatSpeaksForAnother() {
    Tokens mistaken = tokensOf(provider.issuer() + "/", IdentityProvider.ROLES_CLAIM);

    assertThatThrownBy(() -> mistaken.caller("Bearer " + provider.token(COMPANY, "team")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.type()).isEqualTo(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE));
  }

  @Test
  void takesTheKeysFromWhereItIsTold() {
    Settings settings =
        new Settings(
            Optional.of("urn:example:issuer"),
            Optional.of(IdentityProvider.AUDIENCE),
            "roles",
            "company",
            Optional.of(provider.issuer() + "/keys"));
    Tokens told = new Tokens(settings, new Challenges(settings, new AccessMetrics()), clock);

    assertThat(
            told.caller("Bearer " + with(claims -> claims.setIssuer("urn:example:issuer"))).actor())
        .isEqualTo("user:0f0e0d0c");
  }

  private Tokens tokensOf(String issuer, String rolesClaim) {
    Settings settings =
        new Settings(
            Optional.of(issuer),
            Optional.of(IdentityProvider.AUDIENCE),
            rolesClaim,
            "company",
            Optional.empty());
    return new Tokens(settings, new Challenges(settings, new AccessMetrics()), clock);
  }

  private Caller caller(String token) {
    return tokens.caller("Bearer " + token);
  }

  private String with(Consumer<JwtClaims> changes) {
    return provider.token(changes);
  }

  private JsonWebSignature signature() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(provider.issuer());
    claims.setAudience(IdentityProvider.AUDIENCE);
    claims.setSubject("intruder");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim("realm_access", Map.of("roles", List.of("admin")));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKeyIdHeaderValue(provider.key().getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature;
  }

  private String unknownKey() throws JoseException {
    JsonWebSignature signature = signature();
    signature.setKey(provider.key().getPrivateKey());
    signature.setKeyIdHeaderValue(UUID.randomUUID().toString());
    return signature.getCompactSerialization();
  }

  private NumericDate now(long seconds) {
    return NumericDate.fromSeconds(clock.instant().getEpochSecond() + seconds);
  }

  private void assertRefused(String token, String detail) {
    assertThatThrownBy(() -> caller(token))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHENTICATED);
              assertThat(problem.detail().en()).contains(detail);
              assertThat(problem.headers())
                  .containsExactly(
                      new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""),
                      new Header("WWW-Authenticate", "ApiKey"));
            });
  }

  private void assertUnavailable(String token) {
    assertThatThrownBy(() -> caller(token))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.type()).isEqualTo(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE));
  }
}
