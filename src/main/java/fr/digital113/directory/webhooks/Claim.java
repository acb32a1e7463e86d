package fr.digital113.directory.webhooks;

import fr.digital113.directory.sync.SyncToken;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that one run has for a while, and no other.
 *
 * @param lease of the run
 * @param secrets each of which signs
 * @param position up to where it was told
 * @param restartAt when the way was lost, which it has yet to be told
 * @param attempts that have failed since something was told
 */
record Claim(
    UUID webhook,
    UUID partner,
    UUID lease,
    String url,
    List<byte[]> secrets,
    SyncToken position,
    @Nullable Instant restartAt,
    int attempts,
    @Nullable Instant failingSince) {}
