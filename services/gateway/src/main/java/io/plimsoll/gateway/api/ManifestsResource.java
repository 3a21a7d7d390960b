package io.plimsoll.gateway.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.gateway.answer.EntityTag;
import io.plimsoll.gateway.answer.InventoryJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upload.SpooledUpload;
import io.plimsoll.gateway.upload.UploadFormat;
import io.plimsoll.gateway.upstream.Uploading;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.telemetry.MetricName;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The objects of one source of a cluster, replaced whole or not at all. */
@Path("/api/v1/clusters/{cluster}/sources/{source}/manifests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clusters")
public class ManifestsResource {

    private final Callers callers;
    private final Bodies bodies;
    private final Uploading uploading;
    private final MeterRegistry meters;

    ManifestsResource(Callers callers, Bodies bodies, Uploading uploading, MeterRegistry meters) {
        this.callers = callers;
        this.bodies = bodies;
        this.uploading = uploading;
        this.meters = meters;
    }

    /** 201 when this made the cluster's first revision, which is the answer's tag. */
    @PUT
    @Blocking
    @Operation(
            operationId = "putManifests",
            summary =
                    "Replaces the objects of one source; YAML or JSON is one file, a tar archive (plain or gzip) many")
    public Response put(
            @PathParam("cluster") String cluster,
            @PathParam("source") String source,
            @QueryParam("file") @Nullable String file,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("mode") @Nullable String mode,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            InputStream body)
            throws IOException {
        // Asked here too, so that nobody spools what inventory would refuse.
        callers.caller().require(Role.ADMIN, Role.SERVICE);
        if (mode != null && !mode.isEmpty() && !mode.equals("manifests")) {
            throw new ProblemException(Problem.UNPROCESSABLE, "files are uploaded to clusters in mode manifests only")
                    .at("mode");
        }
        UploadHeader header = header(cluster, source, namespace, ifMatch, idempotencyKey);
        UploadFormat format = Bodies.format(contentType, contentEncoding);
        String name = file == null || file.isEmpty() ? fileName(contentType) : file;
        try (SpooledUpload upload = bodies.spool(body, contentLength, format, name)) {
            UploadManifestsResponse stored = stored(header, upload, ifMatch);
            count("stored");
            boolean first = stored.getRevision().getNumber() == 1
                    && stored.getChanged() + stored.getRemoved() + stored.getUnchanged() == 0;
            return Response.status(first ? 201 : 200)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.ETAG, EntityTag.of(stored.getRevision()))
                    .entity(JsonText.of(json -> InventoryJson.upload(json, cluster, source, stored, upload.ignored())))
                    .build();
        } catch (ProblemException e) {
            count(e.problem().slug());
            throw e;
        }
    }

    private void count(String outcome) {
        meters.counter(MetricName.UPLOADS, "outcome", outcome).increment();
    }

    private static String fileName(@Nullable String contentType) {
        return contentType != null && contentType.contains("json") ? "manifests.json" : "manifests.yaml";
    }

    private UploadManifestsResponse stored(UploadHeader header, SpooledUpload upload, @Nullable String ifMatch)
            throws IOException {
        try {
            return uploading.send(header, upload);
        } catch (ProblemException e) {
            // RFC 9110, section 13.1.1: what is not there matches nothing, not even "*".
            if (ifMatch != null && e.problem() == Problem.NOT_FOUND) {
                throw new ProblemException(Problem.STALE, "there is no such cluster yet").at("If-Match");
            }
            throw e;
        }
    }

    private static UploadHeader header(
            String cluster,
            String source,
            @Nullable String namespace,
            @Nullable String ifMatch,
            @Nullable String idempotencyKey) {
        UploadHeader.Builder header = UploadHeader.newBuilder()
                .setCluster(Asked.text("cluster", cluster))
                .setSource(Asked.text("source", source))
                .setNamespace(Asked.text("namespace", namespace))
                .setIdempotencyKey(Asked.text("Idempotency-Key", idempotencyKey))
                .setRegister(ifMatch == null);
        if (ifMatch != null && !ifMatch.strip().equals("*")) {
            header.setExpectedRevision(EntityTag.revision(ifMatch)
                    .orElseThrow(() -> new ProblemException(
                                    Problem.STALE, "If-Match is a cluster's tag, \"EPOCH.NUMBER\", or *")
                            .at("If-Match")));
        }
        return header.build();
    }
}
