package fr.digital113.directory.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus is told, as text. */
record Scrape(String text) {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_0-9]+)(\\{.*\\})? (\\S+)$");

  static Scrape of(URI address) {
    try {
      return new Scrape(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The names of all samples. */
  Set<String> names() {
    return SAMPLE
        .matcher(text)
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names and labels of all samples. */
  Set<String> series() {
    return SAMPLE
        .matcher(text)
        .results()
        .map(each -> each.group(1) + (each.group(2) == null ? "" : each.group(2)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The sum of the samples of a name that have all these labels, such as {@code index="public"}.
   */
  double value(String name, String... labels) {
    double sum = 0;
    Matcher samples = SAMPLE.matcher(text);
    while (samples.find()) {
      String of = samples.group(2) == null ? "" : samples.group(2);
      boolean fits = samples.group(1).equals(name);
      for (String label : labels) {
        fits &= of.contains(label);
      }
      if (fits) {
        sum += Double.parseDouble(samples.group(3));
      }
    }
    return sum;
  }
}
