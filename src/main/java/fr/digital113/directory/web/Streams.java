package fr.digital113.directory.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are written while they are read, some at a time: each holds a thread and what its
 * body holds. One is given up when its reader has left, reads too slowly or takes too long. What
 * cannot be completed is cut off, never ended.
 */
@Singleton
class Streams {
  private static final Logger LOG = Logger.getLogger(Streams.class);

  /** What fails before so much is written is told by a problem document. */
  private static final int BUFFER = 64 * 1024;

  private static final long CHECKED_EVERY_MILLIS = 500;

  /** Each holds a connection to the database as well. */
  static final int OF_THE_TEAM = 2;

  private final StreamSettings settings;
  private final Vertx vertx;
  private final Slots everybody;
  private final Slots team;
  private final LongAdder cutOff = new LongAdder();

  Streams(StreamSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
    this.everybody = new Slots(settings.maxConcurrent(), settings.maxPerClient());
    this.team = new Slots(OF_THE_TEAM, OF_THE_TEAM);
  }

  /** For public lists. */
  Slots everybody() {
    return everybody;
  }

  /** For what only the team reads, so that no reader of public lists is in its way. */
  Slots team() {
    return team;
  }

  /** How many were cut off so far. */
  long cutOff() {
    return cutOff.sum();
  }

  /**
   * Refuses readers that could not tell the half of an answer from the whole: HTTP/1.0 has no
   * chunks, so that the end of the connection is the end of an answer whose length nobody knows.
   *
   * @throws ProblemException for HTTP/1.0
   */
  static void requireChunks(RoutingContext exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_1_0) {
      throw new ProblemException(
          ProblemType.UPGRADE_REQUIRED,
          new Text(
              "Un fichier entier demande HTTP/1.1 ou plus récent : en HTTP/1.0, un fichier coupé paraîtrait complet. Un proxy peut en être la cause (nginx : « proxy_http_version 1.1; »).",
              "A whole file needs HTTP/1.1 or later: over HTTP/1.0 a file that is cut off would look complete. A proxy may be the cause (nginx: \"proxy_http_version 1.1;\")."));
    }
  }

  /**
   * The entity of an answer that streams a body. The body is closed in every case.
   *
   * @throws ProblemException when too many are streamed at the moment
   */
  StreamingOutput stream(RoutingContext exchange, Slots slots, Body body) {
    String client = ClientAddress.of(exchange.request().remoteAddress());
    try {
      slots.take(client);
    } catch (ProblemException none) {
      body.close();
      throw none;
    }
    Stream stream = new Stream(exchange, body, () -> slots.giveBack(client));
    // For an answer that ends before anybody asked for its entity.
    exchange.addEndHandler(ended -> stream.abandon());
    return stream::write;
  }

  private final class Stream {
    private final RoutingContext exchange;
    private final HttpServerResponse response;
    private final Body body;
    private final Runnable giveBack;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final long started = System.nanoTime();
    private final Pace pace =
        new Pace(settings.minRate().asLongValue(), settings.minRateWindow(), System::nanoTime);

    private boolean over;
    private @Nullable String cutBecause;

    Stream(RoutingContext exchange, Body body, Runnable giveBack) {
      this.exchange = exchange;
      this.response = exchange.response();
      this.body = body;
      this.giveBack = giveBack;
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
      long timer = vertx.setPeriodic(CHECKED_EVERY_MILLIS, id -> check());
      try {
        OutputStream buffered = new BufferedOutputStream(new Watched(out), BUFFER);
        body.writeTo(buffered);
        buffered.flush();
      } catch (IOException | RuntimeException | Error failure) {
        String reason = end();
        if (reason != null) {
          LOG.infof("%s was cut off: %s", exchange.request().path(), reason);
        } else if (response.closed() || FailureOrigin.isConnection(failure)) {
          LOG.debugf("The reader of %s has left", exchange.request().path());
        } else if (response.headWritten()) {
          LOG.errorf(failure, "%s failed and was cut off", exchange.request().path());
          cut();
        } else {
          throw failure; // the reader can still be told
        }
        throw new CutOffException(failure);
      } finally {
        var unused = end();
        vertx.cancelTimer(timer);
        release();
      }
    }

    /** Nothing cuts it from now on. Why it was cut, if it was. */
    private synchronized @Nullable String end() {
      over = true;
      return cutBecause;
    }

    /** The writer may be waiting for the reader, so somebody else looks at the clock. */
    private synchronized void check() {
      if (over || cutBecause != null) {
        return;
      }
      if (System.nanoTime() - started > settings.maxDuration().toNanos()) {
        cutBecause = "it took longer than " + settings.maxDuration();
      } else if (pace.isTooSlow()) {
        cutBecause = "its reader took less than %d B/s".formatted(settings.minRate().asLongValue());
      }
      if (cutBecause != null) {
        cut();
      }
    }

    /**
     * By a reset, at once: an orderly end would wait until the reader has taken what was sent, and
     * might be taken for the end of the file.
     */
    private void cut() {
      cutOff.increment();
      if (exchange.request().version() != HttpVersion.HTTP_2
          && exchange.request().connection() instanceof ConnectionBase connection) {
        ChannelHandlerContext channel = connection.channelHandlerContext();
        channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelFuture cut = channel.close(); // from here; that of the whole channel is orderly
        cut.addListener(done -> LOG.debug("A reader is cut off"));
      } else {
        response.reset();
      }
    }

    private void release() {
      try {
        body.close();
      } finally {
        giveBack.run();
      }
    }

    /** Fails as soon as nobody reads any more. */
    private final class Watched extends FilterOutputStream {
      Watched(OutputStream out) {
        super(out);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (response.closed()) {
          throw new IOException("nobody reads any more");
        }
        pace.waits();
        try {
          out.write(bytes, offset, length);
        } finally {
          pace.goesOn(length);
        }
      }
    }
  }
}
