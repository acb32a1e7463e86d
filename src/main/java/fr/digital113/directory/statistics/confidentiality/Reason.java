package fr.digital113.directory.statistics.confidentiality;

/**
 * Why a figure is withheld. It is not to be published: that a cell of many companies is withheld as
 * {@link #PRIMARY} says that one of them has 85 % of it.
 */
public enum Reason {
  /** Fewer than three companies contribute, or one has 85 % or more. */
  PRIMARY,
  /** With it, something confidential could be recomputed. */
  SECONDARY
}
