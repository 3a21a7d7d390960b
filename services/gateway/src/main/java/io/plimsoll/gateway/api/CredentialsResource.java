package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.GetSensorCredentialsRequest;
import io.plimsoll.api.inventory.v1.GetSensorCredentialsResponse;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.IssueSensorCredentialRequest;
import io.plimsoll.api.inventory.v1.IssueSensorCredentialResponse;
import io.plimsoll.api.inventory.v1.RevokeSensorCredentialRequest;
import io.plimsoll.api.inventory.v1.RevokeSensorCredentialResponse;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.LiveJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Credentials of the sensors of live clusters. Rotated by issuing another one, and revoking the first when the second is in use. */
@Path("/api/v1/clusters/{cluster}/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clusters")
public class CredentialsResource {

    private final Questions questions;

    CredentialsResource(Questions questions) {
        this.questions = questions;
    }

    /** The secret is in this answer and nowhere else. */
    @POST
    @Operation(
            operationId = "issueCredential",
            summary = "Issues a credential for a cluster's sensor; registers the cluster, live, when it is unknown")
    public Response issue(@PathParam("cluster") String cluster, @QueryParam("expires") @Nullable String expires) {
        IssueSensorCredentialRequest.Builder question =
                IssueSensorCredentialRequest.newBuilder().setCluster(Asked.text("cluster", cluster));
        Asked.instant("expires", expires).ifPresent(question::setExpires);
        IssueSensorCredentialResponse answer = questions.ask(
                Upstream.INVENTORY, InventoryServiceGrpc.getIssueSensorCredentialMethod(), question.build());
        return Response.status(Response.Status.CREATED)
                .entity(JsonText.of(json -> LiveJson.credential(json, answer.getCredential(), answer.getSecret())))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Operation(operationId = "listCredentials", summary = "Credentials of a cluster's sensor, oldest first")
    public Response list(@PathParam("cluster") String cluster) {
        GetSensorCredentialsResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getGetSensorCredentialsMethod(),
                GetSensorCredentialsRequest.newBuilder()
                        .setCluster(Asked.text("cluster", cluster))
                        .build());
        return Answers.ok(JsonText.page(answer.getCredentialsList(), "", LiveJson::credential));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeCredential", summary = "Ends a credential for good")
    public Response revoke(@PathParam("cluster") String cluster, @PathParam("id") String id) {
        RevokeSensorCredentialResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getRevokeSensorCredentialMethod(),
                RevokeSensorCredentialRequest.newBuilder()
                        .setCluster(Asked.text("cluster", cluster))
                        .setId(Asked.text("id", id))
                        .build());
        return Answers.ok(JsonText.of(json -> LiveJson.credential(json, answer.getCredential())));
    }
}
