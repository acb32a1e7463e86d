package fr.digital113.directory.limits;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/** Counts bodies that do not say how large they are, while they are read. */
@Provider
@PreMatching
class UnannouncedBodies implements ContainerRequestFilter {
  private static final Set<String> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  private final BodySizes sizes;
  private final CurrentVertxRequest current;

  UnannouncedBodies(BodySizes sizes, CurrentVertxRequest current) {
    this.sizes = sizes;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (WITH_BODY.contains(request.getMethod())
        && request.getHeaderString(HttpHeaders.CONTENT_LENGTH.toString()) == null) {
      // Itself, not a proxy of the request's scope, which is over when the connection is ended
      RoutingContext now = current.getCurrent();
      now.remove(VertxInputStream.MAX_REQUEST_SIZE_KEY); // the server's, whose 413 is empty
      request.setEntityStream(new Counted(request.getEntityStream(), sizes.most(now), now));
    }
  }

  private static final class Counted extends FilterInputStream {
    private final long most;
    private final RoutingContext exchange;
    private long read;

    Counted(InputStream body, long most, RoutingContext exchange) {
      super(body);
      this.most = most;
      this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? -1 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(count);
      return count;
    }

    /** What is too large is not read to its end, as the server's stream would before it closes. */
    @Override
    public void close() throws IOException {
      if (read <= most) {
        super.close();
      }
    }

    private void count(int more) {
      if (more < 0) {
        SlowBodies.noteWhole(exchange);
        return;
      }
      read += more;
      if (read > most) {
        BodySizes.endAfterAnswer(exchange);
        throw BodySizes.tooLarge(most);
      }
    }
  }
}
