package fr.digital113.directory.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Answers that are written while they are read, some at a time: each holds a thread and what its
 * body holds. One whose reader has left, or that takes too long, is given up. A reader that stops
 * reading is cut off by the server's idle timeout.
 */
@Singleton
class Streams {
  private static final Logger LOG = Logger.getLogger(Streams.class);
  private static final int BUFFER = 64 * 1024;

  private final Semaphore slots;
  private final Duration longest;

  Streams(StreamSettings settings) {
    this.slots = new Semaphore(settings.maxConcurrent());
    this.longest = settings.maxDuration();
  }

  /** One for each that may be written now. */
  Semaphore slots() {
    return slots;
  }

  /**
   * The entity of an answer that streams a body. The body is closed in every case.
   *
   * @throws ProblemException when too many are streamed at the moment
   */
  StreamingOutput stream(RoutingContext exchange, Body body) {
    if (!slots.tryAcquire()) {
      body.close();
      throw new ProblemException(
          ProblemType.TOO_BUSY,
          new Text(
              "Trop d'exports sont en cours ; réessayez dans quelques secondes.",
              "Too many exports are running; try again in a few seconds."));
    }
    Stream stream = new Stream(body, exchange.response());
    // For an answer that ends before anybody asked for its entity.
    exchange.addEndHandler(ended -> stream.abandon());
    return stream::write;
  }

  private final class Stream {
    private final Body body;
    private final HttpServerResponse response;
    private final AtomicBoolean taken = new AtomicBoolean();

    Stream(Body body, HttpServerResponse response) {
      this.body = body;
      this.response = response;
    }

    void abandon() {
      if (taken.compareAndSet(false, true)) {
        release();
      }
    }

    void write(OutputStream out) throws IOException {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      try {
        OutputStream buffered = new BufferedOutputStream(new Watched(out, response), BUFFER);
        body.writeTo(buffered);
        buffered.flush();
      } catch (IOException | RuntimeException | Error failure) {
        if (response.closed()) {
          LOG.debugf("The reader of an export has left: %s", failure.getMessage());
        } else {
          LOG.error("An export was cut off", failure);
          // Not ended but cut: what the reader has so far must not look like all of it.
          response.reset();
        }
        throw new CutOffException(failure);
      } finally {
        release();
      }
    }

    private void release() {
      try {
        body.close();
      } finally {
        slots.release();
      }
    }
  }

  /** Fails as soon as nobody reads any more, and when reading takes too long. */
  private final class Watched extends FilterOutputStream {
    private final HttpServerResponse response;
    private final long started = System.nanoTime();

    Watched(OutputStream out, HttpServerResponse response) {
      super(out);
      this.response = response;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (response.closed()) {
        throw new IOException("the reader has left");
      }
      if (System.nanoTime() - started > longest.toNanos()) {
        throw new IOException("the reader took longer than " + longest);
      }
      out.write(bytes, offset, length);
    }
  }
}
