package fr.digital113.directory.web;

/**
 * What an answer was read from.
 *
 * @param revision the newest change that it holds
 * @param key tells apart what the revision alone does not: the epoch of the database, the version
 *     of the shapes, whether it is private
 * @param isPrivate whether it may hold what is not for everybody
 */
public record Version(long revision, String key, boolean isPrivate) {

  /** Of what everybody may read. */
  public Version(long revision, String key) {
    this(revision, key, false);
  }
}
