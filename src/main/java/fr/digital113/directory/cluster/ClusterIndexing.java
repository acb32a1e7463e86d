package fr.digital113.directory.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import jakarta.inject.Singleton;

/** Puts the cluster's facts into the index. */
@Singleton
class ClusterIndexing implements IndexedType {
  static final String TYPE = "cluster";

  /** The reference under which the one cluster is found, whatever its slug. */
  static final String SELF = "self";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.ref(SELF);
    for (Language language : Language.values()) {
      ObjectNode view = (ObjectNode) Localized.document(document, language);
      view.put("updatedAt", item.updatedAt().toString());
      view.put("revision", item.revision());
      entry.body(language, view);
    }
  }
}
