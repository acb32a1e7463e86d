package fr.digital113.directory.testsupport;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/**
 * Gives every {@code @QuarkusTest} a real PostgreSQL, started once for all of them in a folder of
 * its own, an admin key and a free HTTP port. No demonstration data is loaded.
 */
public class DatabaseResource implements QuarkusTestResourceLifecycleManager {
  public static final String ADMIN_KEY = "test-admin-key-0123456789";

  private @Nullable Path folder;
  private @Nullable EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("directory-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = new EmbeddedDatabase(new DataFolder(folder));
    Map<String, String> settings = new HashMap<>(database.start());
    settings.put("directory.data-dir", folder.toString());
    settings.put("directory.admin-key", ADMIN_KEY);
    settings.put("directory.demo", "false");
    // All tests are one client, and a quick one
    settings.put("directory.limits.requests-per-minute", "1000000");
    settings.put("directory.limits.admin-requests-per-minute", "1000000");
    // Tests say when something is delivered, to receivers of their own
    settings.put("directory.webhooks.deliver", "false");
    settings.put("directory.webhooks.allow-loopback", "true");
    settings.put("quarkus.http.test-port", "0");
    return settings;
  }

  @Override
  public void stop() {
    try {
      if (database != null) {
        database.close();
      }
      if (folder != null) {
        PathUtils.deleteDirectory(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Declares the resource; Quarkus finds it here and uses it for all test classes. */
  @WithTestResource(value = DatabaseResource.class, scope = TestResourceScope.GLOBAL)
  static final class ForAllTests {
    private ForAllTests() {}
  }
}
