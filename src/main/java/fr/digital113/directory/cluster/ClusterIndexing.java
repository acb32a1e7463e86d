package fr.digital113.directory.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Puts the cluster's facts into the index. */
@Singleton
class ClusterIndexing implements IndexedType {
  static final String TYPE = "cluster";

  /** The reference under which the one cluster is found, whatever its slug. */
  static final String SELF = "self";

  /** The day that an answer about the past is of. */
  static final String AS_OF = "asOf";

  /** The order to read the facts in: PostgreSQL does not keep one in jsonb. */
  private static final List<String> ORDER =
      List.of(
          "slug",
          "name",
          AS_OF,
          "nameOrigin",
          "description",
          "areaServed",
          "launch",
          "history",
          "predecessors",
          "governance",
          "offices",
          "means",
          "funders",
          "membersAtLaunch",
          "objectives",
          "territories",
          "strengths",
          "otherSectors",
          "factories",
          "workshops",
          "referenceFigures",
          "licence",
          "dataSources");

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.ref(SELF);
    for (Language language : Language.values()) {
      ObjectNode view = view(document, language);
      view.put("updatedAt", item.updatedAt().toString());
      view.put("revision", item.revision());
      entry.body(language, view);
    }
  }

  /** What readers of a language are shown of a document. */
  static ObjectNode view(JsonNode document, Language language) {
    return ordered(Localized.document(document, language));
  }

  private static ObjectNode ordered(JsonNode document) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    ORDER.forEach(
        name -> Optional.ofNullable(document.get(name)).ifPresent(each -> view.set(name, each)));
    document.properties().forEach(each -> view.putIfAbsent(each.getKey(), each.getValue()));
    return view;
  }
}
