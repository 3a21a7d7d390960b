package io.plimsoll.gateway.api;

import com.google.protobuf.ByteString;
import io.plimsoll.api.images.v1.BillForm;
import io.plimsoll.api.images.v1.GetBillRequest;
import io.plimsoll.api.images.v1.GetImageRequest;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListImagesRequest;
import io.plimsoll.api.images.v1.ListImagesResponse;
import io.plimsoll.api.images.v1.ListPackagesRequest;
import io.plimsoll.api.images.v1.ListPackagesResponse;
import io.plimsoll.api.images.v1.ListVulnerabilitiesRequest;
import io.plimsoll.api.images.v1.ListVulnerabilitiesResponse;
import io.plimsoll.api.images.v1.PutBillRequest;
import io.plimsoll.api.images.v1.PutBillResponse;
import io.plimsoll.api.images.v1.ScanState;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Images by digest: what is in them, and what is known against it. */
@Path("/api/v1/images")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "images")
public class ImagesResource {

    private static final int BYTES_MAX = 7 << 20;

    private final Questions questions;
    private final Callers callers;
    private final Bodies bodies;

    ImagesResource(Questions questions, Callers callers, Bodies bodies) {
        this.questions = questions;
        this.callers = callers;
        this.bodies = bodies;
    }

    @GET
    @Operation(operationId = "listImages", summary = "Image references in use, with how far reading them is")
    public Response list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("state") @Nullable String state,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListImagesRequest.Builder question = ListImagesRequest.newBuilder()
                .setState(Asked.word(ScanState.values(), "SCAN_STATE_", "state", state))
                .setPageSize(page.size())
                .setPageToken(page.token());
        Asked.scope("scope", scope).ifPresent(question::setScope);
        ListImagesResponse images =
                questions.ask(Upstream.IMAGE_SCAN, ImageServiceGrpc.getListImagesMethod(), question.build());
        return Answers.ok(JsonText.page(images.getImagesList(), images.getNextPageToken(), MessageJson::message));
    }

    @GET
    @Path("/{digest}")
    @Operation(operationId = "getImage", summary = "One image by the digest of its manifest")
    public Response one(@PathParam("digest") String digest) {
        var image = questions
                .ask(
                        Upstream.IMAGE_SCAN,
                        ImageServiceGrpc.getGetImageMethod(),
                        GetImageRequest.newBuilder()
                                .setDigest(Asked.text("digest", digest))
                                .build())
                .getImage();
        return Answers.ok(JsonText.of(json -> MessageJson.message(json, image)));
    }

    @GET
    @Path("/{digest}/sbom")
    @Operation(
            operationId = "getBillOfMaterials",
            summary = "A bill of materials: form=cyclonedx (the default), spdx or spdx3")
    public Response bill(
            @PathParam("digest") String digest,
            @QueryParam("form") @Nullable String form,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        byte[] bill = questions
                .ask(
                        Upstream.IMAGE_SCAN,
                        ImageServiceGrpc.getGetBillMethod(),
                        GetBillRequest.newBuilder()
                                .setDigest(Asked.text("digest", digest))
                                .setForm(Asked.word(BillForm.values(), "BILL_FORM_", "form", form))
                                .build())
                .getBill()
                .toByteArray();
        return Answers.tagged(bill, ifNoneMatch);
    }

    @GET
    @Path("/{digest}/packages")
    @Operation(operationId = "listPackages", summary = "Packages of an image, one row a place")
    public Response packages(
            @PathParam("digest") String digest,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListPackagesResponse packages = questions.ask(
                Upstream.IMAGE_SCAN,
                ImageServiceGrpc.getListPackagesMethod(),
                ListPackagesRequest.newBuilder()
                        .setDigest(Asked.text("digest", digest))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(packages.getPackagesList(), packages.getNextPageToken(), MessageJson::message));
    }

    @GET
    @Path("/{digest}/vulnerabilities")
    @Operation(
            operationId = "listVulnerabilities",
            summary = "Weaknesses of an image, worst first; severity= for this severe or worse, fixable=true")
    public Response vulnerabilities(
            @PathParam("digest") String digest,
            @QueryParam("severity") @Nullable String severity,
            @QueryParam("fixable") @Nullable String fixable,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListVulnerabilitiesResponse found = questions.ask(
                Upstream.IMAGE_SCAN,
                ImageServiceGrpc.getListVulnerabilitiesMethod(),
                ListVulnerabilitiesRequest.newBuilder()
                        .setDigest(Asked.text("digest", digest))
                        .setSeverityAtLeast(Asked.severity(severity))
                        .setFixableOnly(Asked.truth("fixable", fixable))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(
                JsonText.page(found.getVulnerabilitiesList(), found.getNextPageToken(), MessageJson::message));
    }

    @PUT
    @Path("/{digest}/sbom")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "putBillOfMaterials",
            summary =
                    "Takes a bill of materials (CycloneDX or SPDX, at most 7 MiB) instead of reading an image's layers")
    public Response putBill(
            @PathParam("digest") String digest,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            InputStream body) {
        // Before anything is read: whoever may not put it does not make anybody hold it.
        callers.caller().require(Role.SECURITY, Role.ADMIN, Role.SERVICE);
        PutBillResponse kept = questions.ask(
                Upstream.IMAGE_SCAN,
                ImageServiceGrpc.getPutBillMethod(),
                PutBillRequest.newBuilder()
                        .setDigest(Asked.text("digest", digest))
                        .setBill(ByteString.copyFrom(bodies.read(body, contentLength, BYTES_MAX)))
                        .build());
        return Answers.ok(JsonText.of(json -> MessageJson.whole(json, kept)));
    }
}
