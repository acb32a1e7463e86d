package fr.digital113.directory.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Gives every {@code @QuarkusTest} an identity provider, started once for all of them. */
public class IdentityProviderResource implements QuarkusTestResourceLifecycleManager {
  private static final String ISSUER = "directory.oidc.issuer";
  private static final String PRIVATE_KEY = "test.identity-provider.key";

  private @Nullable IdentityProvider provider;

  /** The provider as tests see it: they run in another class loader than this resource. */
  public static IdentityProvider provider() {
    Config config = ConfigProvider.getConfig();
    try {
      return IdentityProvider.signing(
          config.getValue(ISSUER, String.class), config.getValue(PRIVATE_KEY, String.class));
    } catch (JoseException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      provider = IdentityProvider.start();
      return Map.of(
          ISSUER,
          provider.issuer(),
          "directory.oidc.audience",
          IdentityProvider.AUDIENCE,
          "directory.oidc.roles-claim",
          IdentityProvider.ROLES_CLAIM,
          PRIVATE_KEY,
          provider.privateKey());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (JoseException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  /** Declares the resource; Quarkus finds it here and uses it for all test classes. */
  @WithTestResource(value = IdentityProviderResource.class, scope = TestResourceScope.GLOBAL)
  static final class ForAllTests {
    private ForAllTests() {}
  }
}
