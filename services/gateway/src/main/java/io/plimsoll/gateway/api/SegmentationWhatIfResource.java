package io.plimsoll.gateway.api;

import com.google.protobuf.ByteString;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesRequest;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.api.whatif.v1.Overlay;
import io.plimsoll.api.whatif.v1.OverlayFile;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upload.UploadFormat;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What manifests would change in who can reach whom; nothing is stored. */
@Path("/api/v1/clusters/{cluster}/segmentation/what-if")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "segmentation")
public class SegmentationWhatIfResource {

    private static final int BYTES_MAX = 4 << 20;
    private static final int REMOVALS_MAX = 1_000;

    private final Questions questions;
    private final Bodies bodies;

    SegmentationWhatIfResource(Questions questions, Bodies bodies) {
        this.questions = questions;
        this.bodies = bodies;
    }

    /** Whoever reads may ask; a further page is asked for with the same body. */
    @POST
    @Operation(
            operationId = "whatIfSegmentation",
            summary =
                    "Connections that the manifests of the body would add, remove or change, laid over the cluster by identity; "
                            + "remove=GROUP/KIND/NAMESPACE/NAME takes objects away")
    public Response whatIf(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("file") @Nullable String file,
            @QueryParam("remove") @Nullable List<String> remove,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            InputStream body) {
        Page page = Page.of(pageSize, pageToken);
        String name = Asked.text("cluster", cluster);
        Overlay.Builder overlay =
                Overlay.newBuilder().setCluster(name).setNamespace(Asked.text("namespace", namespace));
        List<String> removals = remove == null ? List.of() : remove;
        if (removals.size() > REMOVALS_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, removals.size() + " removals are too many")
                    .at("remove")
                    .over(String.valueOf(REMOVALS_MAX));
        }
        removals.forEach(each -> overlay.addRemovals(Ends.object(name, "remove", each)));
        byte[] content = bodies.read(body, contentLength, BYTES_MAX);
        if (content.length > 0) {
            if (Bodies.format(contentType, contentEncoding) != UploadFormat.FILE) {
                throw new ProblemException(
                                Problem.UNSUPPORTED_MEDIA_TYPE, "an overlay is application/yaml or application/json")
                        .at("Content-Type");
            }
            overlay.addFiles(OverlayFile.newBuilder()
                    .setFile(Asked.text("file", file))
                    .setContent(ByteString.copyFrom(content)));
        }
        return Answers.ok(MessageJson.page(questions.ask(
                Upstream.NETWORK_SEGMENTATION,
                SegmentationServiceGrpc.getListOverlayChangesMethod(),
                ListOverlayChangesRequest.newBuilder()
                        .setOverlay(overlay)
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build())));
    }
}
