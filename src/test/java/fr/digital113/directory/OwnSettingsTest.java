package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSettingsTest {
  private static final Set<String> WITH_A_FORM =
      Set.of(
          boolean.class.getName(),
          int.class.getName(),
          long.class.getName(),
          Duration.class.getName(),
          MemorySize.class.getName(),
          "java.util.Optional<java.lang.Boolean>",
          "java.util.Optional<" + Duration.class.getName() + ">",
          "java.util.Optional<" + MemorySize.class.getName() + ">");

  /** Set by the program itself. */
  private static final String INTERNAL = "directory.embedded-database";

  @ParameterizedTest
  @CsvSource({
    "directory.upkeep, often, DIRECTORY_UPKEEP, true or false",
    "directory.limits.requests-per-minute, 0, DIRECTORY_LIMITS_REQUESTS_PER_MINUTE, 'a whole number, 1 or more'",
    "directory.limits.processes, many, DIRECTORY_LIMITS_PROCESSES, 'a whole number, 1 or more'",
    "directory.sync.max-streams, -1, DIRECTORY_SYNC_MAX_STREAMS, 'a whole number, 0 or more'",
    "directory.limits.body-timeout, 0S, DIRECTORY_LIMITS_BODY_TIMEOUT, 'a time such as 90S, 30M or 2H'",
    "directory.retention.imports, garbage, DIRECTORY_RETENTION_IMPORTS, a time such as 12H or 90D",
    "directory.cache.max-size, -1, DIRECTORY_CACHE_MAX_SIZE, 'a size such as 512K, 64M or 1G'",
    "directory.cache.max-size, 99999999999G, DIRECTORY_CACHE_MAX_SIZE, 'a size such as 512K, 64M or 1G'",
    "directory.cache.max-body-size, 1.5M, DIRECTORY_CACHE_MAX_BODY_SIZE, 'a size such as 512K, 64M or 1G'"
  })
  void saysWhichIsWrongAndWhatItsFormIs(String name, String value, String variable, String form) {
    assertThatThrownBy(() -> OwnSettings.check(config(name, value)))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "%s is \"%s\". Set it to %s, or leave it out.".formatted(variable, value, form));
  }

  @ParameterizedTest
  @CsvSource({
    "directory.demo, TRUE",
    "directory.cache.max-size, 0",
    "directory.cache.max-size, ' 64M '",
    "directory.retention.actors, 0",
    "directory.retention.actors, P3D",
    "directory.sync.max-streams, 0"
  })
  void takes(String name, String value) {
    OwnSettings.check(config(name, value));
  }

  @Test
  void looksAtAllThatHaveAForm() {
    List<String> settings =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("fr.digital113.directory")
                .stream()
                .filter(each -> each.isAnnotatedWith(ConfigMapping.class))
                .map(JavaClass::reflect)
                .flatMap(OwnSettingsTest::withAForm)
                .filter(name -> !name.equals(INTERNAL))
                .toList();

    assertThat(settings).hasSizeGreaterThan(25);
    assertThat(OwnSettings.names()).doesNotHaveDuplicates().containsAll(settings);
  }

  private static Stream<String> withAForm(Class<?> mapping) {
    String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
    return Stream.of(mapping.getDeclaredMethods())
        .filter(each -> WITH_A_FORM.contains(each.getGenericReturnType().getTypeName()))
        .map(Method::getName)
        .map(name -> prefix + "." + name.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT));
  }

  private static Config config(String name, String value) {
    return new SmallRyeConfigBuilder().withDefaultValue(name, value).build();
  }
}
