package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListWorkloadsRequest;
import io.plimsoll.api.inventory.v1.ListWorkloadsResponse;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.LiveJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Workloads, searched. */
@Path("/api/v1/workloads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workloads")
public class WorkloadsResource {

    private final Questions questions;

    WorkloadsResource(Questions questions) {
        this.questions = questions;
    }

    /** What is asked for; nothing asks for all. */
    public static class Filters {
        @QueryParam("scope")
        @Nullable
        String scope;

        /** Part of a reference. */
        @QueryParam("image")
        @Nullable
        String image;

        /** {@code KEY} or {@code KEY=VALUE}. */
        @QueryParam("label")
        @Nullable
        String label;

        @QueryParam("exposure")
        @Nullable
        String exposure;

        /** RFC 3339. */
        @QueryParam("firstSeenSince")
        @Nullable
        String firstSeenSince;

        @QueryParam("orphans")
        @Nullable
        String orphans;

        @QueryParam("pageSize")
        @Nullable
        String pageSize;

        @QueryParam("pageToken")
        @Nullable
        String pageToken;

        ListWorkloadsRequest question() {
            Page page = Page.of(pageSize, pageToken);
            ListWorkloadsRequest.Builder question = ListWorkloadsRequest.newBuilder()
                    .setImage(Asked.text("image", image))
                    .setLabel(Asked.text("label", label))
                    .setExposure(Asked.exposure(exposure))
                    .setOrphans(Asked.truth("orphans", orphans))
                    .setPageSize(page.size())
                    .setPageToken(page.token());
            Asked.scope("scope", scope).ifPresent(question::setScope);
            Asked.instant("firstSeenSince", firstSeenSince).ifPresent(question::setFirstSeenSince);
            return question.build();
        }
    }

    @GET
    @Operation(
            operationId = "listWorkloads",
            summary = "Workloads by cluster, kind, namespace and name, with their owner and when they were seen")
    public Response workloads(
            @jakarta.ws.rs.BeanParam Filters filters, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        ListWorkloadsResponse answer =
                questions.ask(Upstream.INVENTORY, InventoryServiceGrpc.getListWorkloadsMethod(), filters.question());
        return Answers.tagged(
                JsonText.page(answer.getWorkloadsList(), answer.getNextPageToken(), LiveJson::workload), ifNoneMatch);
    }
}
