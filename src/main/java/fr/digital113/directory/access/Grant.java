package fr.digital113.directory.access;

/** Why a request was let through, which also says how much of a thing it may see or change. */
public enum Grant {
  /** As anybody may: what is public. */
  PUBLIC,
  /** Because the thing is the caller's own. */
  OWN,
  /** By a role that holds for everything. */
  TEAM
}
