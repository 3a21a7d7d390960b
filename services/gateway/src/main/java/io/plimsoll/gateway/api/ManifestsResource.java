package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.answer.EntityTag;
import io.plimsoll.gateway.answer.InventoryJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upload.Spool;
import io.plimsoll.gateway.upload.SpooledUpload;
import io.plimsoll.gateway.upload.UploadFormat;
import io.plimsoll.gateway.upload.UploadLimits;
import io.plimsoll.gateway.upload.UploadRefused;
import io.plimsoll.gateway.upstream.Uploading;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Manifests in: read whole within bounds, then handed to inventory, whole or not at all. */
@Path("/api/v1/clusters/{cluster}/sources/{source}/manifests")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "clusters")
public class ManifestsResource {

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final Spool spool;
    private final Uploading uploading;
    private final Callers callers;

    ManifestsResource(GatewayConfig config, Uploading uploading, Callers callers) {
        this.spool = new Spool(config.data().resolve("uploads"), UploadLimits.DEFAULT, config.uploadsMax());
        this.uploading = uploading;
        this.callers = callers;
    }

    void sweep(@Observes StartupEvent event) throws IOException {
        spool.sweep();
    }

    @PUT
    @Operation(
            operationId = "putManifests",
            summary = "Replaces the objects of a source: one YAML or JSON file, or a tar (gzip) of many")
    public Response put(
            @PathParam("cluster") String cluster,
            @PathParam("source") String source,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("file") @Nullable String file,
            @HeaderParam("Content-Type") @Nullable String mediaType,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            InputStream body)
            throws IOException {
        // Asked here too, so that nobody spools what inventory would refuse.
        callers.caller().require(Role.ADMIN, Role.SERVICE);
        UploadFormat format = UploadFormat.ofMediaType(mediaType == null ? "" : mediaType)
                .orElseThrow(() -> new ProblemException(
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        "manifests are application/yaml, application/json, application/x-tar or application/gzip"));
        UploadHeader header = UploadHeader.newBuilder()
                .setCluster(Asked.text("cluster", cluster))
                .setSource(Asked.text("source", source))
                .setNamespace(Asked.text("namespace", namespace))
                .setIdempotencyKey(Asked.text("Idempotency-Key", idempotencyKey))
                .setExpectedRevision(expected(ifMatch))
                .setRegister(true)
                .build();
        String name = file == null || file.isEmpty()
                ? format == UploadFormat.FILE && "application/json".equals(mediaType)
                        ? "manifests.json"
                        : "manifests.yaml"
                : Asked.text("file", file);
        try (SpooledUpload upload = spool.take(body, format, name)
                .orElseThrow(() -> new ProblemException(Problem.TOO_MANY, "too many uploads at once; come again")
                        .retryAfter(COME_AGAIN))) {
            UploadManifestsResponse answer = uploading.send(header, upload);
            return Response.ok(
                            JsonText.of(json -> InventoryJson.upload(json, cluster, source, answer, upload.ignored())),
                            MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.ETAG, EntityTag.of(answer.getRevision()))
                    .build();
        } catch (UploadRefused e) {
            throw refused(e);
        }
    }

    private static String expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return "";
        }
        return EntityTag.revision(ifMatch)
                .map(revision ->
                        Long.toUnsignedString(revision.getEpoch()) + "." + Long.toUnsignedString(revision.getNumber()))
                .orElseThrow(() -> new ProblemException(
                                Problem.MALFORMED, "If-Match is the ETag of an earlier upload, for instance \"1.7\"")
                        .at("If-Match"));
    }

    private static ProblemException refused(UploadRefused refused) {
        Problem problem =
                switch (refused.rule()) {
                    case TOO_LARGE, RATIO, TOO_MANY_ENTRIES -> Problem.TOO_LARGE;
                    case NAME -> Problem.UNPROCESSABLE;
                    case MALFORMED -> Problem.MALFORMED;
                    case TOO_SLOW -> Problem.TOO_SLOW;
                };
        return new ProblemException(problem, String.valueOf(refused.getMessage()), refused)
                .at(refused.place())
                .over(refused.limit());
    }
}
