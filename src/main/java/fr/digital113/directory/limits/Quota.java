package fr.digital113.directory.limits;

import java.util.regex.Pattern;

/**
 * What somebody may ask for.
 *
 * @param holder who: all that the same holder sends is counted together
 * @param policy how the answers name the limit, for instance the partner's plan; {@code a-z},
 *     {@code 0-9}, {@code -}
 * @param requestsPerMinute from all processes together
 */
public record Quota(String holder, String policy, int requestsPerMinute) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

  public Quota {
    if (!NAME.matcher(policy).matches() || requestsPerMinute < 1) {
      throw new IllegalArgumentException(policy + " " + requestsPerMinute);
    }
  }
}
