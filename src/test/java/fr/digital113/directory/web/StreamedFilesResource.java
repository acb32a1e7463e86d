package fr.digital113.directory.web;

import fr.digital113.directory.formats.Sheets.XlsxSheet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Files that cannot be completed, or never end. Only tests have it. */
@Path("/streamed")
public class StreamedFilesResource {
  private static final Map<String, Body> BODIES =
      Map.of(
          "failing-early",
          out -> {
            out.write(new byte[1_000]);
            throw new IllegalStateException("meant to fail early");
          },
          "refused-early",
          out -> {
            out.write(new byte[1_000]);
            throw new ProblemException(ProblemType.CONFLICT, new Text("non", "no"));
          },
          "failing-late",
          out -> {
            out.write(new byte[300_000]);
            throw new IllegalStateException("meant to fail late");
          },
          "failing-sheet",
          StreamedFilesResource::failInASheet,
          "endless",
          out -> {
            byte[] more = new byte[8_192];
            while (true) {
              out.write(more);
            }
          });

  private final Exchange exchange;

  StreamedFilesResource(Exchange exchange) {
    this.exchange = exchange;
  }

  @GET
  @Path("{name}")
  @Produces(MediaType.WILDCARD)
  public Response file(@PathParam("name") String name) {
    Body body = Objects.requireNonNull(BODIES.get(name));
    return exchange.whole(
        new Version(1, "test"), new Representation(Format.XLSX, ""), name, () -> body);
  }

  private static void failInASheet(OutputStream out) throws IOException {
    var sheet = new XlsxSheet(out, "rows", List.of(false), new XlsxSheet.Notes("notes", List.of()));
    Random random = new Random(113);
    for (int row = 0; row < 50_000; row++) {
      sheet.row(List.of(random.nextLong()));
    }
    throw new IllegalStateException("meant to fail in a sheet");
  }
}
