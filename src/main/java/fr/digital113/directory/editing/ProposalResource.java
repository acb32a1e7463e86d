package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What members want to be changed: the team decides, members see and withdraw their own. */
@Path("/v1/proposals")
@Produces(MediaType.APPLICATION_JSON)
public class ProposalResource {
  private final Jdbi jdbi;
  private final Writes writes;
  private final CompanyEditing companies;
  private final Exchange exchange;
  private final CurrentCaller current;

  ProposalResource(
      Jdbi jdbi,
      Writes writes,
      CompanyEditing companies,
      Exchange exchange,
      CurrentCaller current) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.companies = companies;
    this.exchange = exchange;
    this.current = current;
  }

  /** The newest first. */
  @GET
  public Response list() {
    Caller caller = current.get();
    QueryParameters parameters = exchange.parameters();
    String status = parameters.one("status", Proposal.STATUSES);
    String company = company(caller, parameters);
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, Decisions.ID);
    Decisions.Found<Proposal> found =
        jdbi.withHandle(
            database -> Proposals.list(database, status, company, cursor, asked.limit() + 1));
    return PrivatePage.respond(
        exchange,
        asked,
        found.total(),
        found.items(),
        each -> each.id().toString(),
        each -> each.shownTo(caller));
  }

  /** The id of the company that is asked for; for a member its own, and it knows no other. */
  private @Nullable String company(Caller caller, QueryParameters parameters) {
    String asked = parameters.text("company");
    String own = current.grant() == Grant.TEAM ? null : String.valueOf(caller.company());
    if (asked == null) {
      return own;
    }
    String id = jdbi.withHandle(database -> companies.find(database, asked).orElse(null));
    if (id == null || (own != null && !own.equals(id))) {
      parameters.error(
          "company",
          "unknown_value",
          new Text(
              "Aucune entreprise ne porte cette référence.", "No company has this reference."));
    }
    return id;
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    Caller caller = current.get();
    Proposal proposal =
        jdbi.withHandle(database -> Proposals.get(database, Decisions.uuid(id), ""));
    return exchange.unshared(Response.ok(proposal.shownTo(caller)));
  }

  /** Applies it, as far as what it was made for is still there. */
  @POST
  @Path("{id}/accept")
  public Response accept(@PathParam("id") String id) {
    exchange.parameters().check();
    Caller caller = current.get();
    UUID accepted = Decisions.uuid(id);
    return answer(
        writes.run(
            caller,
            database -> {
              // The company first, as its edits do: two that wait for each other would be a
              // deadlock.
              UUID company = Proposals.get(database, accepted, "").company().id();
              Stored item = ItemWrites.locked(database, companies, company.toString());
              Proposal proposal = Proposals.open(database, accepted);
              ObjectNode now = companies.edit(item);
              Proposals.requireUnchanged(proposal, now);
              ItemWrites.apply(
                  database,
                  caller,
                  true,
                  item,
                  Edit.patch(companies, now, proposal.after(), new Codes(database), true));
              Proposals.close(database, accepted, "accepted", caller, null);
              return Proposals.get(database, accepted, "");
            }));
  }

  @POST
  @Path("{id}/refuse")
  public Response refuse(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    JsonBody members = JsonBody.of(JsonRequest.read(exchange, body).json());
    members.required("reason");
    String reason = Decisions.reason(members);
    members.check();
    return close(Decisions.uuid(id), "refused", reason);
  }

  /** Takes it back; also for the member that made it. */
  @DELETE
  @Path("{id}")
  public Response withdraw(@PathParam("id") String id) {
    exchange.parameters().check();
    close(Decisions.uuid(id), "withdrawn", null);
    return exchange.unshared(Response.noContent());
  }

  private Response close(UUID id, String status, @Nullable String reason) {
    Caller caller = current.get();
    return answer(
        writes.run(
            caller,
            database -> {
              Proposals.open(database, id);
              Proposals.close(database, id, status, caller, reason);
              return Proposals.get(database, id, "");
            }));
  }

  private Response answer(Written<Proposal> written) {
    return exchange.unshared(
        Response.ok(written.result().shownTo(current.get()))
            .header(Writes.REVISION, written.revision()));
  }
}
