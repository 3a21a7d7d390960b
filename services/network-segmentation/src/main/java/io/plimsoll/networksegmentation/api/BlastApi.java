package io.plimsoll.networksegmentation.api;

import io.grpc.stub.StreamObserver;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.GetPathCutRequest;
import io.plimsoll.api.segmentation.v1.GetPathCutResponse;
import io.plimsoll.api.segmentation.v1.ListHubsRequest;
import io.plimsoll.api.segmentation.v1.ListHubsResponse;
import io.plimsoll.api.segmentation.v1.ListRadiiRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiResponse;
import io.plimsoll.api.segmentation.v1.ListReachedRequest;
import io.plimsoll.api.segmentation.v1.ListReachedResponse;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsRequest;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsResponse;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.SegmentationConfig;
import io.plimsoll.networksegmentation.flow.AskBlast;
import io.plimsoll.networksegmentation.flow.FindPaths;
import io.plimsoll.networksegmentation.flow.Rows;
import io.plimsoll.networksegmentation.flow.SharedWork;
import io.plimsoll.page.PageToken;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** How far trouble spreads and how it comes in: from the snapshot of the cluster's owner, with the answers of the commands. */
@GrpcService
@Blocking
public class BlastApi extends BlastServiceGrpc.BlastServiceImplBase {

    private final Reception reception;
    private final SharedWork shared;
    private final SegmentationConfig config;

    BlastApi(Reception reception, SharedWork shared, SegmentationConfig config) {
        this.reception = reception;
        this.shared = shared;
        this.config = config;
    }

    /** A question about a cluster that is not too large for it. */
    private Asked asked(String cluster) {
        Asked asked = reception.asked(cluster);
        AskBlast.bounded(asked.cluster(), config.blastWorkloadsMax());
        return asked;
    }

    @Override
    public void listRadii(ListRadiiRequest request, StreamObserver<ListRadiiResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            AskBlast.Radii radii = AskBlast.radii(
                    asked.cluster(),
                    asked.caller(),
                    request.getNamespace(),
                    BlastQuestions.barriers(asked, request.getBarriers()),
                    from,
                    size,
                    shared);
            List<ResourceId> named = radii.notThrough().stream()
                    .filter(workload -> asked.cluster().isSeenBy(asked.caller(), workload))
                    .limit(BlastCodec.WORKLOADS_MAX)
                    .toList();
            ListRadiiResponse.Builder response = ListRadiiResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, radii.page().next()))
                    .addAllNotThrough(BlastCodec.workloads(named))
                    .setNotThroughLeftOut(radii.notThrough().size() - named.size());
            radii.page().rows().forEach(row -> response.addRadii(BlastCodec.toWire(row)));
            return response.build();
        });
    }

    @Override
    public void listReached(ListReachedRequest request, StreamObserver<ListReachedResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            Rows.Page<BlastRadius.Reached> page = AskBlast.reached(
                    asked.cluster(),
                    asked.caller(),
                    asked.workload(request.getSource(), "source"),
                    BlastQuestions.barriers(asked, request.getBarriers()),
                    from,
                    size,
                    shared);
            ListReachedResponse.Builder response = ListReachedResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows()
                    .forEach(row -> response.addReached(
                            BlastCodec.toWire(row, FindPaths.isSeen(asked.cluster(), asked.caller(), row.way()))));
            return response.build();
        });
    }

    @Override
    public void listHubs(ListHubsRequest request, StreamObserver<ListHubsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = asked(request.getCluster()).whole();
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            Rows.Page<BlastRadius.Hub> page = AskBlast.hubs(asked.cluster(), from, size, shared);
            ListHubsResponse.Builder response = ListHubsResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows().forEach(hub -> response.addHubs(BlastCodec.toWire(hub)));
            return response.build();
        });
    }

    @Override
    public void listSensitivePaths(
            ListSensitivePathsRequest request, StreamObserver<ListSensitivePathsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = asked(request.getCluster());
            int size = Questions.explanations(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            FindPaths.Found found = FindPaths.page(
                    asked.cluster(),
                    asked.caller(),
                    BlastQuestions.sensitive(asked, request.getSensitive()),
                    BlastQuestions.workloads(asked, request.getNotThroughList(), "not_through"),
                    request.getInternal(),
                    from,
                    size,
                    shared);
            ListSensitivePathsResponse.Builder response = ListSensitivePathsResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, found.page().next()))
                    .setSensitiveCount(found.sensitive())
                    .setReachedCount(found.reached());
            found.page().rows().forEach(path -> response.addPaths(BlastCodec.toWire(asked, path)));
            return response.build();
        });
    }

    @Override
    public void getPathCut(GetPathCutRequest request, StreamObserver<GetPathCutResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster()).whole();
            // The proof looks at every pair, as that of suggestions does.
            AskBlast.bounded(asked.cluster(), config.suggestWorkloadsMax());
            GetPathCutResponse.Builder response =
                    GetPathCutResponse.newBuilder().setRevision(asked.wireRevision());
            FindPaths.cut(
                            asked.cluster(),
                            asked.caller(),
                            asked.workload(request.getTarget(), "target"),
                            BlastQuestions.sensitive(asked, request.getSensitive()),
                            request.getInternal(),
                            shared)
                    .ifPresent(cut -> response.setCut(BlastCodec.toWire(asked.cluster(), cut)));
            return response.build();
        });
    }
}
