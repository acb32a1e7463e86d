package fr.digital113.directory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What clients saw during one fault; by kind of request and outcome. */
final class FaultTally {
  private static final Set<Integer> GOOD = Set.of(200, 201, 202, 304);

  /** What a client has to expect of others who write, or of its own pace. */
  private static final Set<Integer> ORDINARY = Set.of(409, 412, 429);

  private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
  private final Map<String, Long> lastGood = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long slowestMillis;
  private int older;

  /** Notes an answer; returns whether it is a good one. */
  synchronized boolean answered(String kind, HttpResponse<?> answer, long started) {
    int status = answer.statusCode();
    boolean good = GOOD.contains(status);
    if (good) {
      lastGood.merge(kind, started, Math::max);
    }
    String outcome =
        good
            ? "good"
            : status == 503 && answer.headers().firstValue("Retry-After").isPresent()
                ? "503"
                : ORDINARY.contains(status) ? String.valueOf(status) : "bad " + status;
    count(kind, outcome, started);
    return good;
  }

  synchronized void failed(String kind, IOException failure, long started) {
    count(
        kind,
        failure instanceof HttpTimeoutException
            ? "hang"
            : failure instanceof ConnectException ? "refused" : "cut off",
        started);
  }

  synchronized void wrong(String what) {
    wrong.add(what);
    System.out.println("WRONG: " + what);
  }

  /** Notes an answer of before a write that was acknowledged; nobody asked for its revision. */
  synchronized void older() {
    older++;
  }

  synchronized int takeOlder() {
    int taken = older;
    older = 0;
    return taken;
  }

  private void count(String kind, String outcome, long started) {
    outcomes.computeIfAbsent(kind, each -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    slowestMillis = Math.max(slowestMillis, (System.nanoTime() - started) / 1_000_000);
  }

  /** Whether every one of some kinds had a good answer to a request that began after a moment. */
  synchronized boolean allGoodSince(Set<String> kinds, long nanos) {
    return kinds.stream().allMatch(kind -> lastGood.getOrDefault(kind, nanos - 1) - nanos >= 0);
  }

  synchronized Set<String> notGoodSince(Set<String> kinds, long nanos) {
    Set<String> left = new TreeSet<>(kinds);
    left.removeIf(kind -> allGoodSince(Set.of(kind), nanos));
    return left;
  }

  synchronized Set<String> kinds() {
    return new TreeSet<>(outcomes.keySet());
  }

  synchronized void clear() {
    outcomes.clear();
    slowestMillis = 0;
  }

  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  synchronized int good() {
    return sum("good");
  }

  /** All that was not good, an outcome and its number each, with the kinds for what must not be. */
  synchronized String others() {
    Map<String, Integer> sums = new TreeMap<>();
    outcomes.forEach(
        (kind, counts) ->
            counts.forEach(
                (outcome, number) -> {
                  if (!outcome.equals("good")) {
                    boolean bad = outcome.startsWith("bad") || outcome.equals("hang");
                    sums.merge(bad ? outcome + " (" + kind + ")" : outcome, number, Integer::sum);
                  }
                }));
    List<String> parts = new ArrayList<>();
    sums.forEach((outcome, number) -> parts.add(number + " " + outcome));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  synchronized long slowestMillis() {
    return slowestMillis;
  }

  private int sum(String outcome) {
    return outcomes.values().stream().mapToInt(each -> each.getOrDefault(outcome, 0)).sum();
  }
}
