package fr.digital113.directory.web;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method of a resource, as the table of who may do what names it: a HEAD request is the GET that
 * answers.
 *
 * @param path the template, such as {@code /v1/companies/{ref}}
 */
public record Endpoint(String method, String path, @Nullable String firstPlaceholder) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^/}:]+)");
  private static final Map<Method, Endpoint> KNOWN = new ConcurrentHashMap<>();

  public static Endpoint of(Class<?> resource, Method method) {
    return KNOWN.computeIfAbsent(method, each -> read(resource, each));
  }

  private static Endpoint read(Class<?> resource, Method method) {
    Path own = method.getAnnotation(Path.class);
    String base = resource.getAnnotation(Path.class).value();
    String path = (own == null ? base : base + "/" + own.value()).replace("//", "/");
    Matcher placeholder = PLACEHOLDER.matcher(path);
    return new Endpoint(
        verb(method), path, placeholder.find() ? placeholder.group(1).strip() : null);
  }

  private static String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
        .filter(each -> each != null)
        .map(HttpMethod::value)
        .findFirst()
        .orElse("");
  }
}
