package fr.digital113.directory.web;

import java.io.IOException;
import java.io.OutputStream;

/** The body of a streamed answer, and what it holds until it is written or given up. */
@FunctionalInterface
public interface Body extends AutoCloseable {

  /**
   * Writes all of it; the caller closes the stream. What fails throws, and leaves the end of the
   * file out: nobody must take the half for the whole.
   */
  void writeTo(OutputStream out) throws IOException;

  /** Gives back what the body holds. Called once, when nobody writes any more. */
  @Override
  default void close() {}
}
