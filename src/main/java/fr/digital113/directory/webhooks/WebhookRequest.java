package fr.digital113.directory.webhooks;

import fr.digital113.directory.index.Following;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.webhooks.Webhooks.Wanted;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what owners ask for. */
@Singleton
class WebhookRequest {
  private static final int MOST_TYPES = 20;
  private static final int LONGEST_FILTER = 1_500;
  private static final int LONGEST_DESCRIPTION = 500;

  private final Receivers receivers;
  private final Following following;

  WebhookRequest(Receivers receivers, Following following) {
    this.receivers = receivers;
    this.following = following;
  }

  /** Some of what an owner sets; what is absent stays as it was. */
  private record Read(
      @Nullable String url,
      @Nullable List<String> types,
      boolean setsFilter,
      @Nullable String filter,
      boolean setsDescription,
      @Nullable String description) {}

  /** Reads a new one. The body is not checked yet: it may have other members. */
  Wanted ofNew(JsonBody body) {
    body.required("url");
    body.required("types");
    Read read = read(body);
    body.check();
    return new Wanted(
        Objects.requireNonNull(read.url()),
        new WebhookFilter(Objects.requireNonNull(read.types()), read.filter()),
        read.description(),
        true);
  }

  /** Reads a merge patch. */
  Change ofChange(JsonBody body) {
    for (String name : List.of("url", "types", "enabled")) {
      if (body.has(name)) {
        body.required(name);
      }
    }
    Read read = read(body);
    Boolean enabled = body.flag("enabled");
    body.check();
    return new Change(read, enabled);
  }

  /** What is to be another than before. */
  record Change(Read read, @Nullable Boolean enabled) {
    Wanted on(Wanted before) {
      return new Wanted(
          read.url() == null ? before.url() : read.url(),
          new WebhookFilter(
              read.types() == null ? before.filter().types() : read.types(),
              read.setsFilter() ? read.filter() : before.filter().filter()),
          read.setsDescription() ? read.description() : before.description(),
          enabled == null ? before.enabled() : enabled);
    }
  }

  private Read read(JsonBody body) {
    return new Read(
        Parser.parsed(body, "url", body.text("url"), this::url),
        types(body),
        body.has("filter"),
        Parser.parsed(body, "filter", body.text("filter"), Texts.line(LONGEST_FILTER)),
        body.has("description"),
        Parser.parsed(
            body, "description", body.text("description"), Texts.line(LONGEST_DESCRIPTION)));
  }

  private String url(String text) throws BadValueException {
    return receivers.of(text).uri().toString();
  }

  private @Nullable List<String> types(JsonBody body) {
    List<String> given = body.texts("types", MOST_TYPES);
    if (given == null) {
      return null;
    }
    List<String> all = following.types().stream().sorted().toList();
    for (int i = 0; i < given.size(); i++) {
      if (!all.contains(given.get(i))) {
        body.error(
            "types/" + i,
            "unknown_value",
            new Text("Valides : %s.", "Valid: %s.").with(String.join(", ", all)));
      }
    }
    if (given.isEmpty() && body.isSound()) {
      body.error("types", "empty", new Text("Au moins un type.", "At least one type."));
    }
    return new ArrayList<>(new TreeSet<>(given));
  }

  /** The partner that an admin names. */
  static @Nullable UUID partner(JsonBody body) {
    return Parser.parsed(
        body,
        "partner",
        body.text("partner"),
        text -> {
          try {
            return UUID.fromString(text);
          } catch (IllegalArgumentException nothingHasIt) {
            throw unknownPartner();
          }
        });
  }

  static BadValueException unknownPartner() {
    return new BadValueException(
        "unknown_partner", "Aucun partenaire n'a cet identifiant.", "No partner has this id.");
  }
}
