package fr.digital113.directory.limits;

/** A bean that lets one path take larger bodies than all others. */
public interface LargeBody {

  /** The path of its POST. */
  String path();

  /** The largest body, in bytes. */
  long maxSize();
}
