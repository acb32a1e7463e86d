package fr.digital113.directory.formats;

import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.OutputStream;

/** One item a line, as pages show it. */
record LinesWriter(Shape shape, OutputStream out) implements ItemWriter {

  @Override
  public void item(RawJson item) throws IOException {
    out.write(shape.json(item).utf8());
    out.write('\n');
  }

  @Override
  public void end() {}
}
