package fr.digital113.directory.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may be. A caller can be several at once. */
public enum Role {
  /** The team's rights, and partners, keys and settings. */
  ADMIN,
  /** All content. */
  TEAM,
  /** The descriptive fields of the company that the caller belongs to. */
  MEMBER,
  /** The Factories that the caller's company leads. */
  FACTORY_LEAD,
  /** Public reads at the limits of its plan. */
  PARTNER,
  /** Statistics without suppression. */
  STATISTICIAN;

  /** As tokens and keys write it, for instance {@code factory-lead}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The role that a code names; empty for one that is not known here. */
  public static Optional<Role> of(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }
}
