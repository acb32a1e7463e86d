package fr.digital113.directory.testsupport;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;

/**
 * Puts {@link ContractFilter} into every Quarkus test; found as a service, so none can forget it.
 */
public final class ContractChecks implements QuarkusTestBeforeClassCallback {

  @Override
  public void beforeClass(Class<?> testClass) {
    RestAssured.replaceFiltersWith(new ContractFilter());
  }
}
