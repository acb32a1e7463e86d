package fr.digital113.directory.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.web.Language;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;

/** Whatever a text holds stays in its property, and each line in its bounds. */
class HostileTextsTest {

  @Test
  void foldsAtSeventyFiveOctetsAndNotThroughACharacter() {
    byte[] file = new CalendarFile(Samples.HOSTILE, Language.EN, null).write(Samples.all());
    String text = new String(file, StandardCharsets.UTF_8);
    assertThat(text).endsWith("END:VCALENDAR\r\n").doesNotContain("\uFFFD\r\n ", "??");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    List<String> lines = List.of(text.split("\r\n"));
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 75));
    assertThat(lines.stream().filter(line -> line.startsWith(" ")).count()).isGreaterThan(200);
    // A character in two would not survive.
    assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(file);
  }

  @Test
  void keepsWhateverATextHoldsInItsProperty() {
    CalendarEntry hostile = sample("hostile\r\nUID:x");
    String kept =
        "Réunion; \"fictive\", \\n d'avenir\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:x\nX:y\nZ:\t🎉\uFFFD fin";
    CalendarFile file = new CalendarFile(Samples.HOSTILE, Language.FR, null);

    Calendar calendar = Ical4jReader.parse(file.write(List.of(hostile, sample("once"))));

    List<VEvent> events = calendar.getComponents(Component.VEVENT);
    assertThat(calendar.getComponentList().getAll()).hasSize(3);
    assertThat(events).hasSize(2);
    VEvent event = events.get(0);
    assertThat(event.getPropertyList().getAll().stream().map(Property::getName))
        .containsExactly(
            "UID",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "DTSTART",
            "STATUS",
            "SUMMARY",
            "DESCRIPTION",
            "LOCATION",
            "CATEGORIES",
            "ORGANIZER");
    assertThat(Ical4jReader.value(event, Property.UID)).isEqualTo("hostile\nUID:x");
    assertThat(Ical4jReader.value(event, Property.LOCATION)).isEqualTo(kept);
    assertThat(Ical4jReader.value(event, Property.SUMMARY)).isEqualTo(kept);
    assertThat(Ical4jReader.value(event, Property.DESCRIPTION)).isEqualTo(kept.repeat(300));
    assertThat(Ical4jReader.value(event, Property.DESCRIPTION)).hasSizeGreaterThan(20_000);
    assertThat(calendar.getProperty("X-WR-CALNAME").orElseThrow().getValue()).isEqualTo(kept);
    assertThat(text(file, hostile))
        .contains(
            """
            ORGANIZER;CN="Réunion; ^'fictive^', \\n d'avenir^nEND:VEVENT^nBEGIN:VEVENT^nSUMMARY:x^nX:y^nZ:\t🎉\uFFFD fin":https://example.org/
            """);
  }

  private static CalendarEntry sample(String uid) {
    return Samples.all().stream().filter(entry -> entry.uid().equals(uid)).findAny().orElseThrow();
  }

  /** Unfolded, with the line ends of here. */
  private static String text(CalendarFile file, CalendarEntry entry) {
    String text = new String(file.write(List.of(entry)), StandardCharsets.UTF_8);
    return text.replace("\r\n ", "").replace("\r\n", "\n");
  }
}
