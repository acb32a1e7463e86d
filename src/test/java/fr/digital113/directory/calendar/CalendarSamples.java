package fr.digital113.directory.calendar;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Language;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes calendars into a folder, each with the occurrences that there are to read of it, for
 * {@code .ci/calendars.mjs}: {@code <name>.ics} and {@code <name>.json}.
 */
public final class CalendarSamples {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CalendarSamples() {}

  /**
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Random random = new Random(2027);
    write(folder, "every-kind", Samples.all());
    write(
        folder,
        "random",
        IntStream.range(0, 300)
            .mapToObj(i -> Samples.entry("random-" + i, RandomSeries.of(random)))
            .toList());
  }

  private static void write(Path folder, String name, List<CalendarEntry> entries)
      throws IOException {
    URI source = URI.create("https://example.org/" + name + ".ics");
    byte[] calendar = new CalendarFile("Fictif : " + name, Language.FR, source).write(entries);
    Files.write(folder.resolve(name + ".ics"), calendar);
    ObjectNode expected = JSON.createObjectNode();
    expected.put("from", Samples.FROM.toString()).put("to", Samples.TO.toString());
    ArrayNode data = expected.putArray("data");
    for (Read read : Read.expected(entries, Samples.FROM, Samples.TO)) {
      data.addObject()
          .put("uid", read.uid().replace("\r\n", "\n"))
          .put("recurrenceId", read.recurrenceId())
          .put("start", read.start().toString())
          .put("end", read.end().toString())
          .put("status", read.status());
    }
    JSON.writeValue(folder.resolve(name + ".json").toFile(), expected);
  }
}
