package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.RebuildTopicsRequest;
import io.plimsoll.api.inventory.v1.RebuildTopicsResponse;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The topics, refilled from inventory's database. */
@Path("/api/v1/topics:rebuild")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operations")
public class TopicsResource {

    private final Questions questions;

    TopicsResource(Questions questions) {
        this.questions = questions;
    }

    @POST
    @Operation(
            operationId = "rebuildTopics",
            summary = "Begins to refill the topics; again while under way: nothing more")
    public Response rebuild() {
        return answer(false);
    }

    @GET
    @Operation(operationId = "getRebuild", summary = "How far refilling the topics is")
    public Response progress() {
        return answer(true);
    }

    private Response answer(boolean onlyTell) {
        RebuildTopicsResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getRebuildTopicsMethod(),
                RebuildTopicsRequest.newBuilder().setOnlyTell(onlyTell).build());
        return Answers.ok(JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("pending", Integer.toUnsignedLong(answer.getPending()));
            json.writeNumberField("outboxRecords", answer.getOutboxRecords());
            json.writeEndObject();
        }));
    }
}
