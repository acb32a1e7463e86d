package fr.digital113.directory.web;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods each path takes: RFC 9110 asks a 405 to say so, and the framework does not. Of
 * several that fit an address the one with the fewest placeholders has it, as in the framework.
 */
@Singleton
class ResourceMethods {
  private record Route(Pattern path, long placeholders, String method) {}

  private final List<Route> routes = new ArrayList<>();

  ResourceMethods(BeanManager beans) {
    beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(bean -> bean.getBeanClass())
        .filter(type -> type.isAnnotationPresent(Path.class))
        .forEach(this::add);
  }

  /** The methods of a path, HEAD and OPTIONS included; empty when nothing is there. */
  Set<String> at(String path) {
    Set<String> methods = new TreeSet<>();
    List<Route> fitting =
        routes.stream().filter(route -> route.path().matcher(path).matches()).toList();
    long fewest = fitting.stream().mapToLong(Route::placeholders).min().orElse(0);
    for (Route route : fitting) {
      if (route.placeholders() == fewest) {
        methods.add(route.method());
        methods.add("OPTIONS");
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private void add(Class<?> resource) {
    String base = resource.getAnnotation(Path.class).value();
    for (Method method : resource.getDeclaredMethods()) {
      Path own = method.getAnnotation(Path.class);
      String path = own == null ? base : base + "/" + own.value();
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          routes.add(
              new Route(
                  Pattern.compile(path.replace("//", "/").replaceAll("\\{[^/]+}", "[^/]+")),
                  path.chars().filter(each -> each == '{').count(),
                  verb.value()));
        }
      }
    }
  }
}
