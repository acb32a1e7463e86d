package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** All facts, and beside the years the means that are shown today. */
  @Override
  public String view() {
    return "cluster_edit";
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

  /** What a predecessor merged into is the cluster, or another predecessor. */
  @Override
  public void checkTogether(Edit edit, JsonBody body, Codes codes) {
    if (!edit.changes("predecessors")) {
      return;
    }
    JsonNode predecessors = edit.after().path("predecessors");
    for (int i = 0; i < predecessors.size(); i++) {
      JsonNode each = predecessors.path(i);
      Set<String> others = new TreeSet<>(Set.of(edit.before().path("slug").asText()));
      predecessors.forEach(other -> others.add(other.path("code").asText()));
      others.remove(each.path("code").asText());
      String into = each.path("merger").path("into").textValue();
      if (into != null && !others.contains(into)) {
        String valid = String.join(", ", others);
        body.error(
            "predecessors/" + i + "/merger/into",
            "unknown_value",
            new Text("Valides : " + valid + ".", "Valid: " + valid + "."));
      }
    }
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
