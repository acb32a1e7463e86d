package fr.digital113.directory.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One item a line, as pages show it, with its source and licence at the end: there is no other
 * place for them, and lines are kept apart from each other.
 */
record LinesWriter(Shape shape, OutputStream out) implements ItemWriter {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public void item(RawJson item) throws IOException {
    byte[] shown = shape.json(item).utf8();
    int end = shown.length - 1; // the brace that closes it
    out.write(shown, 0, end);
    byte[] credits = MAPPER.writeValueAsBytes(credits(item));
    if (end > 1) { // a comma goes between, unless it has no member
      out.write(',');
    }
    out.write(credits, 1, credits.length - 1);
    out.write('\n');
  }

  private ObjectNode credits(RawJson item) throws IOException {
    ObjectNode credits = JsonNodeFactory.instance.objectNode();
    if (!shape.shows(Attribution.MEMBER)) {
      Attribution source = Attribution.of(shape.layout(), MAPPER.readTree(item.utf8()));
      credits.putObject(Attribution.MEMBER).put("name", source.name()).put("date", source.date());
    }
    return credits.put("licence", Credits.LICENCE_URL);
  }

  @Override
  public void end() {}
}
