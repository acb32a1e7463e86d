package fr.digital113.directory.editing;

import fr.digital113.directory.web.EditViews;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Answers {@code view=edit} for every type that is written one by one. */
@Singleton
class StoredEditViews implements EditViews {
  private final ItemWrites items;
  private final Instance<Editable> types;

  StoredEditViews(ItemWrites items, @Any Instance<Editable> types) {
    this.items = items;
    this.types = types;
  }

  @Override
  public Response respond(String type, String ref) {
    Editable editable =
        types.stream().filter(each -> each.type().equals(type)).findFirst().orElseThrow();
    return items.view(editable, ref);
  }
}
