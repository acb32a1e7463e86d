package fr.digital113.directory.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** Documents the problem types where their URIs point. */
@Path("/problems")
@Produces(MediaType.APPLICATION_JSON)
public class ProblemResource {
  private static final Version VERSION = new Version(0, "problems");

  private final Exchange exchange;

  ProblemResource(Exchange exchange) {
    this.exchange = exchange;
  }

  /** A problem type as it is documented. */
  record TypeView(String type, String title, int status) {
    static TypeView of(ProblemType type, Language language) {
      return new TypeView(type.uri(), type.title().in(language), type.status());
    }
  }

  record TypeList(List<TypeView> data) {}

  @GET
  public Response list() {
    exchange.parameters().check();
    return exchange.item(
        VERSION,
        0,
        new TypeList(
            Arrays.stream(ProblemType.values())
                .map(type -> TypeView.of(type, exchange.language()))
                .toList()));
  }

  @GET
  @Path("{slug}")
  public Response get(@PathParam("slug") String slug) {
    exchange.parameters().check();
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.slug().equals(slug))
        .findFirst()
        .map(type -> exchange.item(VERSION, 0, TypeView.of(type, exchange.language())))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    new Text(
                        "Ce type de problème n'existe pas ; voir /problems.",
                        "There is no such problem type; see /problems.")));
  }
}
