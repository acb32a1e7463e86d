package fr.digital113.directory.web;

import org.jspecify.annotations.Nullable;

/** What the public reads at the moment. */
public interface NewestVersion {

  /** Of the newest public snapshot; null while there is none. Never waits. */
  @Nullable Version get();
}
