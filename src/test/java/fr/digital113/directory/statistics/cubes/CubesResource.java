package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.NewestVersion;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Version;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Small cubes. Only tests have it. */
@Path("/streamed/cubes")
public class CubesResource {
  static final AtomicInteger COMPUTED = new AtomicInteger();

  private final Exchange exchange;
  private final NewestVersion newest;

  CubesResource(Exchange exchange, NewestVersion newest) {
    this.exchange = exchange;
    this.newest = newest;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  public Response get() {
    QueryParameters parameters = exchange.parameters();
    CubeShape shape = CubeShape.of(exchange, parameters);
    boolean vintage = Boolean.TRUE.equals(parameters.flag("vintage"));
    boolean secret = Boolean.TRUE.equals(parameters.flag("private"));
    parameters.text("asked"); // tells requests apart
    parameters.check();
    Version version = Objects.requireNonNull(newest.get());
    return shape.respond(
        exchange,
        secret ? new Version(version.revision(), version.key(), true) : version,
        Turn.ALWAYS,
        () -> {
          COMPUTED.incrementAndGet();
          return vintage ? SmallCubes.vintage() : SmallCubes.live();
        });
  }
}
