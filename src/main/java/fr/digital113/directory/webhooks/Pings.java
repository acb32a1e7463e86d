package fr.digital113.directory.webhooks;

import fr.digital113.directory.web.Slots;
import fr.digital113.directory.webhooks.Deliveries.Delivery;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Tries receivers while somebody waits for the answer: a few at once, one of each partner. */
@Singleton
class Pings {
  private static final int MOST = 8;

  private final Webhooks webhooks;
  private final Delivering delivering;
  private final Deliveries log;
  private final Slots slots = new Slots(MOST, 1);

  Pings(Webhooks webhooks, Delivering delivering, Deliveries log) {
    this.webhooks = webhooks;
    this.delivering = delivering;
    this.log = log;
  }

  /** Sends the same way as changes are sent; a failure disables nothing. */
  Delivery send(WebhookView webhook) {
    String partner = webhook.partner().toString();
    slots.take(partner);
    try {
      Instant now = Instant.now();
      Event event = Event.ping(webhook.id(), now);
      Outcome outcome = delivering.tell(webhook.url(), webhooks.secrets(webhook.id(), now), event);
      return log.add(webhook.id(), event, 1, Instant.now(), outcome, null);
    } finally {
      slots.giveBack(partner);
    }
  }
}
