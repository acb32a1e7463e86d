package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one cluster, as the team writes it; it is found by any reference. */
@Singleton
class ClusterEditing implements Editable {

  /** What stands for a reference, as paths name none. */
  static final String SELF = "self";

  @Override
  public String type() {
    return "cluster";
  }

  @Override
  public String view() {
    return "cluster_document";
  }

  @Override
  public String path() {
    return "/v1/cluster";
  }

  @Override
  public List<Field> fields() {
    return ClusterFields.ALL;
  }

  @Override
  public ObjectNode edit(Stored item) {
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ClusterFields.ALL) {
      JsonNode value = item.document().path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    return edit;
  }

  @Override
  public Row row() {
    return new Row("cluster", "slug");
  }

  @Override
  public Optional<String> find(Handle database, String ref, String lock) {
    return database
        .createQuery("select slug from cluster order by slug limit 1 " + lock)
        .mapTo(String.class)
        .findOne();
  }
}
