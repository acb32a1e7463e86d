package fr.digital113.directory.insiders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.LabelItems;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Exchange;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens the snapshot that somebody may read: the public one, or, for the team, members and leads,
 * the private one, of which {@link Reader} leaves what is theirs to see.
 */
@Singleton
public class Readers {
  private final DirectoryIndex index;
  private final CurrentCaller caller;
  private final ObjectMapper mapper;

  Readers(DirectoryIndex index, CurrentCaller caller, ObjectMapper mapper) {
    this.index = index;
    this.caller = caller;
    this.mapper = mapper;
  }

  /** What the caller of a request reads; to be closed. */
  public Reading open(Exchange exchange) {
    Caller who = caller.get();
    boolean member = who.is(Role.MEMBER) || who.is(Role.FACTORY_LEAD);
    return open(exchange, who.is(Role.TEAM), member ? who.company() : null);
  }

  /**
   * What somebody reads who is known by other means than the request's credentials; to be closed.
   *
   * @param company whose member somebody is; who is no member company today reads as the public
   */
  public Reading open(Exchange exchange, boolean team, @Nullable UUID company) {
    if (!team && company == null) {
      return new Reading(index.acquire(exchange), Reader.PUBLIC, mapper);
    }
    Snapshot snapshot = index.acquire(exchange, Visibility.PRIVATE);
    try {
      if (team) {
        return new Reading(snapshot, Reader.TEAM, mapper);
      }
      Reader reader = insider(snapshot, String.valueOf(company));
      if (reader != null) {
        return new Reading(snapshot, reader, mapper);
      }
    } catch (RuntimeException | Error failure) {
      snapshot.close();
      throw failure;
    }
    snapshot.close();
    return new Reading(index.acquire(exchange), Reader.PUBLIC, mapper);
  }

  private @Nullable Reader insider(Snapshot snapshot, String company) {
    JsonNode document = Items.source(snapshot, "company", company, mapper);
    boolean member =
        document != null && document.path("membership").path("status").asText().equals("member");
    return member ? Reader.member(company, led(snapshot, company)) : null;
  }

  private static Set<String> led(Snapshot snapshot, String company) {
    Set<String> led = new HashSet<>();
    for (LabelItems.Item factory : snapshot.labels().all("factory")) {
      for (JsonNode lead : factory.document().path("leads")) {
        if (lead.path("company").asText().equals(company)) {
          led.add(factory.id());
        }
      }
    }
    return led;
  }
}
