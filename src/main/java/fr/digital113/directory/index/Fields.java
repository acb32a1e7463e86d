package fr.digital113.directory.index;

import fr.digital113.directory.web.Language;
import java.util.Locale;

/** Names of the fields that every indexed item has. */
final class Fields {
  /** What their names begin with; those of the features' filters do not. */
  static final String OWN = "_";

  static final String KEY = "_key";
  static final String TYPE = "_type";
  static final String ID = "_id";
  static final String REVISION = "_revision";
  static final String SOURCE = "_source";
  static final String REF = "_ref";
  static final String SLUG = "_slug";
  static final String FORMER = "_former";
  static final String LOCATION = "_location";
  static final String USES = "_uses";

  /** Where an item stands in the order of the files, see {@link OrderOfFiles}. */
  static final String ORDER = "_order";

  /** What decides between items that a text meets equally. */
  static final String PROMINENCE = "_prominence";

  private Fields() {}

  static String key(String type, String id) {
    return type + ':' + id;
  }

  static String ref(String type, String value) {
    return type + ':' + value.toLowerCase(Locale.ROOT);
  }

  /** Where the values of a facet are counted; apart from the terms of the filter of that name. */
  static String facet(String name) {
    return "_facet_" + name;
  }

  static String body(Language language) {
    return "_body_" + language.tag();
  }

  static String suggestion(Language language) {
    return "_suggestion_" + language.tag();
  }

  /** The label of a suggestion, to order by. */
  static String suggestionOrder(Language language) {
    return "_suggestionOrder_" + language.tag();
  }
}
