package fr.digital113.directory.access;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Text;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/** Reads bearer tokens: who signed them, for whom, until when, and who they speak for. */
@ApplicationScoped
class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);

  /** How far the provider's clock and ours may be apart. */
  static final int SKEW_SECONDS = 30;

  /**
   * Signatures that only the provider can make; with any other, whoever knows its public key could.
   */
  private static final AlgorithmConstraints ASYMMETRIC =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  private static final Text NO_PROVIDER =
      new Text(
          "Aucun fournisseur d'identité n'est configuré : utilisez une clé dans X-API-Key.",
          "No identity provider is configured: use a key in X-API-Key.");
  private static final Text NO_BEARER =
      new Text(
          "L'en-tête Authorization doit être « Bearer » suivi d'un jeton.",
          "The Authorization header must be \"Bearer\" and a token.");
  private static final Text EXPIRED = new Text("Le jeton a expiré.", "The token has expired.");
  private static final Text NOT_YET =
      new Text("Le jeton n'est pas encore valable.", "The token is not valid yet.");
  private static final Text WRONG_AUDIENCE =
      new Text(
          "Le jeton n'est pas destiné à ce service.", "The token is not made for this service.");
  private static final Text WRONG_ISSUER =
      new Text(
          "Le jeton vient d'un autre fournisseur d'identité.",
          "The token is from another identity provider.");
  private static final Text INVALID =
      new Text("Le jeton n'est pas valable.", "The token is not valid.");

  private final TokenSettings settings;
  private final Challenges challenges;
  private final InstantSource clock;
  private final @Nullable ProviderKeys keys;
  private final VerificationJwkSelector selector = new VerificationJwkSelector();

  @Inject
  Tokens(TokenSettings settings, Challenges challenges) {
    this(settings, challenges, InstantSource.system());
  }

  Tokens(TokenSettings settings, Challenges challenges, InstantSource clock) {
    this.settings = settings;
    this.challenges = challenges;
    this.clock = clock;
    this.keys =
        settings
            .issuer()
            .map(issuer -> new ProviderKeys(new ProviderClient(issuer, settings.jwksUrl()), clock))
            .orElse(null);
  }

  /** Asks for the keys beforehand, so that the first callers need not wait; a failure can wait. */
  void prepare(@Observes StartupEvent start) {
    if (keys != null) {
      CompletableFuture.runAsync(keys::current)
          .exceptionally(
              unavailable -> {
                LOG.debug("The identity provider is asked again with the first token", unavailable);
                return null;
              });
    }
  }

  /**
   * Who a token speaks for.
   *
   * @param authorization the whole header
   * @throws ProblemException when it is no good token, or that cannot be known
   */
  Caller caller(String authorization) {
    ProviderKeys provider = keys;
    if (provider == null) {
      throw challenges.wrongToken(NO_PROVIDER);
    }
    String token = textOf(authorization);
    if (token.isEmpty()) {
      throw challenges.wrongToken(NO_BEARER);
    }
    List<JsonWebKey> known = provider.current();
    try {
      JwtClaims claims = consumer(provider, known).processToClaims(token);
      return TokenClaims.caller(claims, settings);
    } catch (InvalidJwtException refused) {
      // Its message may hold what the token says of a person
      LOG.debugf(
          "A token is refused: %s",
          refused.getErrorDetails().stream().map(each -> each.getErrorCode()).toList());
      throw challenges.wrongToken(why(refused));
    } catch (MalformedClaimException refused) {
      throw challenges.wrongToken(INVALID);
    }
  }

  /** The token in a header; empty when it holds none. */
  static String textOf(String authorization) {
    String[] parts = authorization.strip().split(" +", 2);
    return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") ? parts[1].strip() : "";
  }

  private JwtConsumer consumer(ProviderKeys provider, List<JsonWebKey> known) {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ASYMMETRIC)
        .setVerificationKeyResolver(
            (signature, nested) -> select(signature, provider, known).getKey())
        .setExpectedIssuer(settings.issuer().orElseThrow())
        .setExpectedAudience(settings.audience().orElseThrow())
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  private JsonWebKey select(
      JsonWebSignature signature, ProviderKeys provider, List<JsonWebKey> known)
      throws UnresolvableKeyException {
    try {
      JsonWebKey key = selector.select(signature, known);
      if (key == null) {
        key = selector.select(signature, provider.renewed(known));
      }
      if (key == null) {
        throw new UnresolvableKeyException("The provider has no such key");
      }
      return key;
    } catch (JoseException malformed) {
      throw new UnresolvableKeyException("No key can be chosen", malformed);
    }
  }

  private static Text why(InvalidJwtException refused) {
    if (refused.hasExpired()) {
      return EXPIRED;
    }
    if (refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return NOT_YET;
    }
    if (refused.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return WRONG_ISSUER;
    }
    return refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
            || refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)
        ? WRONG_AUDIENCE
        : INVALID;
  }
}
