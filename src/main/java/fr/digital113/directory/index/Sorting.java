package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * An order of a list. The id always decides last, so that pages never overlap or skip; after a text
 * in its direction, so that an order by name from the end is the other one read backwards.
 */
public final class Sorting {
  private static final Key ID = id(false);
  private static final Key ID_DESCENDING = id(true);

  /** What most types that have a name sort it by. */
  static final String NAME = "name";

  // Asked for with every page
  private static final String OF_FILES = byName(false).key();
  private static final String OF_FILES_FROM_THE_END = byName(true).key();
  private static final String OF_FILES_BY_RELEVANCE = byRelevance().then(byName(false)).key();

  private final List<Key> keys;
  private final @Nullable Distance nearest;

  private Sorting(List<Key> keys, @Nullable Distance nearest) {
    this.keys = keys;
    this.nearest = nearest;
  }

  /**
   * One key of an order.
   *
   * @param name tells the key apart from others, to bind cursors to it
   * @param field Lucene's, turned round or not
   */
  private record Key(
      String name, KeyType type, boolean descending, Function<Boolean, SortField> field) {}

  private static Key id(boolean descending) {
    return new Key(
        Fields.ID,
        KeyType.TEXT,
        descending,
        reverse -> new SortField(Fields.ID, SortField.Type.STRING, reverse));
  }

  /** By a text that was indexed with {@link IndexEntry#sortText}. */
  public static Sorting byText(String field, boolean descending) {
    return by(
        field,
        KeyType.TEXT,
        descending,
        reverse -> new SortField(field, SortField.Type.STRING, reverse));
  }

  /** By a number; items without one come last in both directions. */
  public static Sorting byNumber(String field, boolean descending) {
    long missing = descending ? Long.MIN_VALUE : Long.MAX_VALUE;
    return by(
        field,
        KeyType.NUMBER,
        descending,
        reverse -> {
          SortField sort = new SortField(field, SortField.Type.LONG, reverse);
          sort.setMissingValue(missing);
          return sort;
        });
  }

  /** The nearest first. */
  public static Sorting byDistance(Distance from) {
    Key key = new Key(from.toString(), KeyType.DISTANCE, false, from.source()::getSortField);
    return new Sorting(List.of(key), from);
  }

  /** The order in which the files keep items, since most lists have it: by name. */
  static Sort ofFiles() {
    return byName(false).forwards();
  }

  /** Whether it is {@link #ofFiles}. */
  boolean isOfFiles() {
    return key().equals(OF_FILES);
  }

  /** Whether it is that read backwards. */
  boolean isOfFilesFromTheEnd() {
    return key().equals(OF_FILES_FROM_THE_END);
  }

  /** Whether it is the same among items that a text finds equally well. */
  boolean isOfFilesByRelevance() {
    return key().equals(OF_FILES_BY_RELEVANCE);
  }

  private static Sorting byName(boolean descending) {
    return byText(NAME, descending);
  }

  /** From where the nearest come first; null in other orders. */
  @Nullable Distance nearest() {
    return nearest;
  }

  /** By the points that {@link Query#matching} gives, most first. */
  public static Sorting byRelevance() {
    return by(
        "score",
        KeyType.SCORE,
        false,
        reverse -> new SortField(null, SortField.Type.SCORE, reverse));
  }

  /** What more people mean first, see {@link IndexEntry#prominence}. */
  public static Sorting byProminence() {
    return byNumber(Fields.PROMINENCE, true);
  }

  private static Sorting by(
      String name, KeyType type, boolean descending, Function<Boolean, SortField> field) {
    return new Sorting(List.of(new Key(name, type, descending, field)), null);
  }

  /** This order; another decides between equals. */
  public Sorting then(Sorting other) {
    List<Key> all = new ArrayList<>(keys);
    all.addAll(other.keys);
    return new Sorting(List.copyOf(all), nearest);
  }

  Sort forwards() {
    return sort(false);
  }

  /** The same order read from its end. */
  Sort backwards() {
    return sort(true);
  }

  private Sort sort(boolean turned) {
    return new Sort(
        withId().stream()
            .map(key -> key.field().apply(key.descending() != turned))
            .toArray(SortField[]::new));
  }

  /** What the sort keys of an item are, in order, the id included. */
  List<KeyType> keyTypes() {
    return withId().stream().map(Key::type).toList();
  }

  /** The id of an item that was found in any of these orders: their last key. */
  static String id(ScoreDoc hit) {
    Object[] keys = ((FieldDoc) hit).fields;
    return ((BytesRef) keys[keys.length - 1]).utf8ToString();
  }

  /** Names the order, to bind cursors to it; which way the id goes follows from the rest. */
  String key() {
    return Stream.concat(
            keys.stream().map(key -> (key.descending() ? "-" : "") + key.name()),
            Stream.of(Fields.ID))
        .collect(Collectors.joining(","));
  }

  private List<Key> withId() {
    Key last = keys.get(keys.size() - 1);
    boolean descending = last.type() == KeyType.TEXT && last.descending();
    return then(new Sorting(List.of(descending ? ID_DESCENDING : ID), null)).keys;
  }
}
