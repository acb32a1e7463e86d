package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The places at which an event is held at the same time, in the order in which they are shown. */
final class EventPlaces implements Field.Reading {
  private static final int MOST = 50;

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    JsonBody places = body.items(name, MOST);
    if (places == null) {
      return null;
    }
    ArrayNode read = JsonNodeFactory.instance.arrayNode();
    for (String each : places.names()) {
      JsonNode given = places.required(each);
      JsonNode place = given == null ? null : Places.read(places, each, codes);
      if (given == null || place == null) {
        continue;
      }
      if (!given.hasNonNull("name") && !given.hasNonNull("commune")) {
        places.error(
            each,
            "required",
            new Text(
                "Donnez au lieu un nom ou une commune.", "Give the place a name or a commune."));
      }
      read.add(place);
    }
    return read;
  }

  /** The places of a document, as editors read and write them. */
  static ArrayNode edit(JsonNode places) {
    ArrayNode edit = JsonNodeFactory.instance.arrayNode();
    places.forEach(place -> edit.add(Places.edit(place)));
    return edit;
  }

  /** Places that stay as they are do not move the event's sequence. */
  static void write(Handle database, String event, JsonNode places) {
    database
        .createUpdate("delete from event_place where event = :id::uuid and position > :count")
        .bind("id", event)
        .bind("count", places.size())
        .execute();
    database
        .createUpdate(
            """
            insert into event_place as p (event, position, place, commune, latitude, longitude)
            select :id::uuid, w.position, w.place ->> 'name', w.place ->> 'commune',
              (w.place -> 'location' ->> 'lat')::double precision, (w.place -> 'location' ->> 'lon')::double precision
            from jsonb_array_elements(:places::jsonb) with ordinality w (place, position)
            on conflict (event, position) do update
              set (place, commune, latitude, longitude)
                = (excluded.place, excluded.commune, excluded.latitude, excluded.longitude)
              where (p.place, p.commune, p.latitude, p.longitude)
                is distinct from (excluded.place, excluded.commune, excluded.latitude, excluded.longitude)
            """)
        .bind("id", event)
        .bind("places", places.toString())
        .execute();
  }
}
