package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.MovedException;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Finds single items in a snapshot, and counts. */
public final class Items {
  static final int ABSENT = -1;

  private Items() {}

  /**
   * One item.
   *
   * @param revision when what the snapshot shows of it last moved
   */
  public record Found(String id, long revision, RawJson body) {

    /** The same item in another representation. */
    public Found with(RawJson other) {
      return new Found(id, revision, other);
    }

    /** Answers the item in the shape that a request asked for. */
    public Response respond(Exchange exchange, Snapshot snapshot, Shape shape) {
      return exchange.item(snapshot.version(), revision, shape.format(), shape.item(body));
    }
  }

  /** The item that a path names by id, slug or official code; null when the snapshot has none. */
  public static @Nullable Found find(
      Snapshot snapshot, String type, String ref, Language language) {
    try {
      int number = number(snapshot, type, ref);
      if (number == ABSENT) {
        return null;
      }
      return new Found(
          OrderOfFiles.id(snapshot.reader(), number),
          revision(snapshot.reader(), number),
          new JsonColumn(snapshot.reader(), Fields.body(language)).get(number));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The item that a path names.
   *
   * @throws MovedException when the path has a former slug of an item
   * @throws ProblemException 404 when the snapshot has none
   */
  public static Found get(Snapshot snapshot, String type, String ref, Language language) {
    Found found = find(snapshot, type, ref, language);
    if (found == null) {
      String current = slugOfFormer(snapshot, type, ref);
      if (current != null) {
        throw new MovedException(ref, current, snapshot.version());
      }
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          snapshot.isPrivate()
              ? new Text("Aucun élément ne porte cette référence.", "No item has this reference.")
              : new Text(
                  "Aucun élément public ne porte cette référence.",
                  "No public item has this reference."));
    }
    return found;
  }

  /**
   * The slug that an item has today whose slug was this one before; null when the snapshot has
   * none.
   */
  private static @Nullable String slugOfFormer(Snapshot snapshot, String type, String ref) {
    try {
      int number = numberOfFormer(snapshot, type, ref);
      if (number == ABSENT) {
        return null;
      }
      String key =
          snapshot.searcher().storedFields().document(number, Set.of(Fields.SLUG)).get(Fields.SLUG);
      return key.substring(Fields.key(type, "").length());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The id of the first item that a query finds, in an order; null when it finds none. */
  public static @Nullable String first(Snapshot snapshot, Query query, Sorting sorting) {
    try {
      TopDocs found = snapshot.searcher().search(query.filter(), 1, sorting.forwards());
      return found.scoreDocs.length == 0
          ? null
          : OrderOfFiles.id(snapshot.reader(), found.scoreDocs[0].doc);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The ids of all items that a query finds. */
  public static List<String> ids(Snapshot snapshot, Query query) {
    List<String> ids = new ArrayList<>();
    try {
      snapshot
          .searcher()
          .search(
              query.filter(),
              new SimpleCollector() {
                private @Nullable SortedDocValues values;

                @Override
                public ScoreMode scoreMode() {
                  return ScoreMode.COMPLETE_NO_SCORES;
                }

                @Override
                protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
                  values = DocValues.getSorted(leaf.reader(), Fields.ID);
                }

                @Override
                public void collect(int document) throws IOException {
                  SortedDocValues all = Objects.requireNonNull(values);
                  if (all.advanceExact(document)) {
                    ids.add(all.lookupOrd(all.ordValue()).utf8ToString());
                  }
                }
              });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return ids;
  }

  /** The document of an item, as the change log has it; null when there is none. */
  public static @Nullable JsonNode source(
      Snapshot snapshot, String type, String ref, ObjectMapper mapper) {
    try {
      int number = number(snapshot, type, ref);
      if (number == ABSENT) {
        return null;
      }
      return new StoredItems(snapshot.reader(), mapper).load(number).document();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The id of the item that a reference names; null when there is none. */
  public static @Nullable String idOf(Snapshot snapshot, String type, String ref) {
    try {
      return snapshot.named(type, ref);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long revision(IndexReader reader, int number) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(number, reader.leaves()));
    NumericDocValues revisions = DocValues.getNumeric(leaf.reader(), Fields.REVISION);
    revisions.advanceExact(number - leaf.docBase);
    return revisions.longValue();
  }

  /** The number of the item that a reference names; {@link #ABSENT} when there is none. */
  static int number(Snapshot snapshot, String type, String ref) throws IOException {
    return firstWith(snapshot, new Term(Fields.REF, Fields.ref(type, ref)));
  }

  private static int numberOfFormer(Snapshot snapshot, String type, String slug)
      throws IOException {
    return firstWith(snapshot, new Term(Fields.FORMER, Fields.ref(type, slug)));
  }

  /** Not by a search, which costs as much as that of a page. */
  private static int firstWith(Snapshot snapshot, Term term) throws IOException {
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
      Bits live = leaf.reader().getLiveDocs();
      while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(found.docID())) {
          return leaf.docBase + found.docID();
        }
      }
    }
    return ABSENT;
  }

  /** A link that somebody kept must go on to find the same: slugs are never another item's. */
  private static @Nullable String idInFilter(Snapshot snapshot, String type, String ref) {
    String id = idOf(snapshot, type, ref);
    return id != null ? id : idOfFormer(snapshot, type, ref);
  }

  private static @Nullable String idOfFormer(Snapshot snapshot, String type, String slug) {
    try {
      int number = numberOfFormer(snapshot, type, slug);
      return number == ABSENT ? null : OrderOfFiles.id(snapshot.reader(), number);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The ids that the parameter of the same name as a small type gives, by id, slug or former slug.
   */
  public static Set<String> named(String type, QueryParameters parameters, Snapshot snapshot) {
    return parameters.anyOf(
        type,
        value -> idInFilter(snapshot, type, value),
        () -> {
          String slugs = String.join(", ", slugs(snapshot, type));
          return new Text("Valides : " + slugs + ".", "Valid: " + slugs + ".");
        });
  }

  /**
   * The ids that a parameter gives by id, slug or former slug.
   *
   * @param list where people find them, as there are too many to tell
   */
  public static Set<String> named(
      String parameter, String type, String list, QueryParameters parameters, Snapshot snapshot) {
    return parameters.anyOf(
        parameter,
        value -> idInFilter(snapshot, type, value),
        () ->
            new Text("Donnez un code ou un slug de %s.", "Give a code or slug of %s.").with(list));
  }

  /** The slugs of a small type, in order. */
  private static List<String> slugs(Snapshot snapshot, String type) {
    String prefix = Fields.key(type, "");
    Set<String> slugs = new TreeSet<>();
    try {
      for (LeafReaderContext leaf : snapshot.reader().leaves()) {
        Terms terms = leaf.reader().terms(Fields.SLUG);
        if (terms == null) {
          continue;
        }
        TermsEnum each = terms.iterator();
        if (each.seekCeil(new BytesRef(prefix)) == TermsEnum.SeekStatus.END) {
          continue;
        }
        for (BytesRef term = each.term();
            term != null && term.utf8ToString().startsWith(prefix);
            term = each.next()) {
          slugs.add(term.utf8ToString().substring(prefix.length()));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    // Terms of deleted items stay in the files for a while.
    return slugs.stream().filter(slug -> idOf(snapshot, type, slug) != null).toList();
  }

  /** Items of one type. */
  static TermQuery ofType(String type) {
    return new TermQuery(new Term(Fields.TYPE, type));
  }

  /** How many items of a type have a value in each of these fields. */
  public static int count(Snapshot snapshot, String type, String... fieldsAndValues) {
    BooleanQuery.Builder query = new BooleanQuery.Builder().add(ofType(type), Occur.FILTER);
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      query.add(new TermQuery(new Term(fieldsAndValues[i], fieldsAndValues[i + 1])), Occur.FILTER);
    }
    try {
      return snapshot.searcher().count(query.build());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
