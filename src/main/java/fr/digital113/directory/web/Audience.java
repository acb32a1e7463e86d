package fr.digital113.directory.web;

/** For whom an answer is. */
public interface Audience {

  /** Whether caches may keep the answer for everybody: who asks is nobody known, or a partner. */
  boolean isEverybody();
}
