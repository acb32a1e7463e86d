package fr.digital113.directory.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncChange;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told (CloudEvents 1.0).
 *
 * @param id the same whenever the same is told again
 * @param subject the item, such as {@code sector/iot}; null when it is about none
 * @param revision that the item changed at, for the log of deliveries; null when it is about none
 */
record Event(
    UUID webhook,
    String id,
    String type,
    @Nullable String subject,
    @Nullable Long revision,
    Instant time,
    Object data) {
  static final String CONTENT_TYPE = "application/cloudevents+json";

  private static final String NAMESPACE = "fr.digital113.directory.";
  private static final int ID_BYTES = 16;

  /** As JSON. */
  @JsonInclude(Include.NON_NULL)
  record Envelope(
      String specversion,
      String id,
      String source,
      String type,
      @Nullable String subject,
      String time,
      String datacontenttype,
      Object data) {}

  /** One change, as a copy with this filter would be told it. */
  static Event of(UUID webhook, SyncToken position, SyncChange change) {
    String subject = change.type() + "/" + change.id();
    return new Event(
        webhook,
        id(webhook, position, subject + "@" + change.revision()),
        NAMESPACE + change.type() + (change.removed() == null ? ".changed" : ".removed"),
        subject,
        change.revision(),
        change.at(),
        change);
  }

  /** Nothing leads from what was told to now: the receiver has to begin a new copy. */
  static Event restart(UUID webhook, SyncToken position, Instant at) {
    return new Event(
        webhook,
        id(webhook, position, "restart@" + at.toEpochMilli()),
        NAMESPACE + "restart",
        null,
        null,
        at,
        Map.of("start", Sync.start(position.filter())));
  }

  /** To try the receiver. */
  static Event ping(UUID webhook, Instant at) {
    return new Event(
        webhook,
        "msg_" + UUID.randomUUID().toString().replace("-", ""),
        NAMESPACE + "ping",
        null,
        null,
        at,
        Map.of("webhook", webhook));
  }

  /** What else the filter means is another change. */
  private static String id(UUID webhook, SyncToken position, String what) {
    String all = webhook + " " + position.epoch() + " " + position.meaning() + " " + what;
    byte[] hash = Sha256.of(all.getBytes(StandardCharsets.UTF_8));
    return "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
  }

  Envelope envelope() {
    return new Envelope(
        "1.0",
        id,
        "/v1/webhooks/" + webhook,
        type,
        subject,
        time.truncatedTo(ChronoUnit.MILLIS).toString(),
        "application/json",
        data);
  }
}
