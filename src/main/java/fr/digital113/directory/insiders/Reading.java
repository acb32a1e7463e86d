package fr.digital113.directory.insiders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.MovedException;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A snapshot, and how much of it its reader sees. Closing it gives the snapshot back. */
public final class Reading implements AutoCloseable {
  private static final String COMPANY = "company";

  private final Snapshot snapshot;
  private final Reader reader;
  private final ObjectMapper mapper;

  Reading(Snapshot snapshot, Reader reader, ObjectMapper mapper) {
    this.snapshot = snapshot;
    this.reader = reader;
    this.mapper = mapper;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public Reader reader() {
    return reader;
  }

  /** One item: its ready-made representation, and the document that it was made of. */
  public record Seen(Items.Found found, JsonNode document) {}

  /**
   * The item that a path names.
   *
   * @throws MovedException when the path has a former slug of an item that the reader sees
   * @throws ProblemException 404 when there is none, or none that the reader sees
   */
  public Seen get(String type, String ref, Language language) {
    Items.Found found;
    try {
      found = Items.get(snapshot, type, ref, language);
    } catch (MovedException moved) {
      if (seen(type, moved.current()) == null) {
        throw notFound();
      }
      throw moved;
    } catch (ProblemException absent) {
      // What is not there must be told as what is hidden.
      throw reader.kind() == Reader.Kind.MEMBER ? notFound() : absent;
    }
    JsonNode document = seen(type, found.id());
    if (document == null) {
      throw notFound();
    }
    return new Seen(found, document);
  }

  /**
   * The ids of the companies that a parameter names by id, slug or official code. Those that are
   * not public do not exist for anybody who asks so.
   */
  public Set<String> publicCompanies(String parameter, QueryParameters parameters) {
    return parameters.anyOf(
        parameter,
        ref -> {
          JsonNode company = Items.source(snapshot, COMPANY, ref, mapper);
          boolean isPublic =
              company != null && company.path("publication").asText().equals("published");
          return isPublic ? Items.idOf(snapshot, COMPANY, ref) : null;
        },
        () ->
            new Text(
                "Donnez un id ou un slug de /v1/companies.",
                "Give an id or slug of /v1/companies."));
  }

  private @Nullable JsonNode seen(String type, String ref) {
    JsonNode document = Items.source(snapshot, type, ref, mapper);
    return document != null && reader.sees(document) ? document : null;
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text(
            "Aucun élément que vous puissiez voir ne porte cette référence.",
            "No item that you may see has this reference."));
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
