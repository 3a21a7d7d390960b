package io.plimsoll.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.UploadChunk;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.GetStageResponse;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same services over gRPC, on the same port, in the caller's name. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class GrpcTest extends DoorTest {

    private static final List<String> SERVICES = List.of(
            InventoryServiceGrpc.SERVICE_NAME,
            ScopeServiceGrpc.SERVICE_NAME,
            StageServiceGrpc.SERVICE_NAME,
            FindingServiceGrpc.SERVICE_NAME,
            ConnectionServiceGrpc.SERVICE_NAME,
            SegmentationServiceGrpc.SERVICE_NAME,
            BlastServiceGrpc.SERVICE_NAME);

    @TestHTTPResource
    URI door;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(door.getHost(), door.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void passesOnQuestionsAndTheCallersToken() {
        fakes.answer(
                InventoryServiceGrpc.getListClustersMethod(),
                ListClustersResponse.newBuilder().setNextPageToken("more").build());
        String token = tokens.of("viewer", "shop");
        ListClustersRequest question =
                ListClustersRequest.newBuilder().setPageSize(7).build();
        assertThat(inventory(token).listClusters(question).getNextPageToken()).isEqualTo("more");
        assertThat(fakes.asked(InventoryServiceGrpc.getListClustersMethod()))
                .singleElement()
                .satisfies(asked -> assertThat(asked.question()).isEqualTo(question))
                .satisfies(asked -> assertThat(asked.token()).isEqualTo("Bearer " + token));
    }

    @Test
    void nobodyIsLetInWithoutAValidToken() {
        fakes.answer(InventoryServiceGrpc.getListClustersMethod(), ListClustersResponse.getDefaultInstance());
        assertThat(refused(InventoryServiceGrpc.newBlockingStub(channel))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        for (String token : List.of(
                tokens.forAudience("another"),
                tokens.unsigned("none"),
                tokens.endingIn(-60),
                tokens.ofAnotherKey(),
                tokens.ofThePublicKeyAsASecret())) {
            assertThat(refused(inventory(token)).getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(fakes.asked(InventoryServiceGrpc.getListClustersMethod())).isEmpty();
    }

    @Test
    void aServicesOwnWordIsPassedOnWhole() {
        fakes.refuse(
                InventoryServiceGrpc.getListClustersMethod(),
                new ProblemException(Problem.TOO_LARGE, "too many objects")
                        .at("prod")
                        .over("150000 objects"));
        ProblemException problem = ProblemStatus.fromGrpc(refused(inventory(tokens.of("admin"))));
        assertThat(problem.problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(problem.detail()).isEqualTo("too many objects");
        assertThat(problem.place()).isEqualTo("prod");
        assertThat(problem.limit()).isEqualTo("150000 objects");
    }

    @Test
    void aServiceThatIsAwayOrSilentIsNamed() throws IOException, InterruptedException {
        CompletableFuture<Void> never = new CompletableFuture<>();
        fakes.respond(InventoryServiceGrpc.getListClustersMethod(), question -> {
            never.join();
            return ListClustersResponse.getDefaultInstance();
        });
        ProblemException silent = ProblemStatus.fromGrpc(refused(inventory(tokens.of("admin"))));
        never.complete(null);
        assertThat(silent.problem()).isEqualTo(Problem.SERVICE_AWAY);
        assertThat(silent.detail()).contains("inventory did not answer in time");
        fakes.kill("inventory");
        ProblemException away = ProblemStatus.fromGrpc(refused(inventory(tokens.of("admin"))));
        assertThat(away.problem()).isEqualTo(Problem.SERVICE_AWAY);
        assertThat(away.place()).isEqualTo("inventory");
        assertThat(away.detail()).doesNotContain("127.0.0.1");
        assertThat(away.retryAfter()).isNotNull();
        fakes.begin("inventory");
        fakes.answer(InventoryServiceGrpc.getListClustersMethod(), ListClustersResponse.getDefaultInstance());
        Poll.until(() -> {
            try {
                inventory(tokens.of("admin")).listClusters(ListClustersRequest.getDefaultInstance());
                return true;
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
    }

    @Test
    void theCallersDeadlineGoesWithTheQuestion() {
        fakes.answer(StageServiceGrpc.getGetStageMethod(), GetStageResponse.getDefaultInstance());
        StageServiceGrpc.newBlockingStub(with(channel, tokens.of("admin")))
                .withDeadlineAfter(900, TimeUnit.MILLISECONDS)
                .getStage(GetStageRequest.getDefaultInstance());
        String timeout = fakes.asked(StageServiceGrpc.getGetStageMethod())
                .getFirst()
                .headers()
                .get(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER));
        // In nanoseconds or micros, below what the caller gave; ours would be two seconds.
        assertThat(timeout).matches("[0-9]{1,8}[numS]");
        assertThat(nanos(String.valueOf(timeout))).isLessThanOrEqualTo(900_000_000L);
    }

    @Test
    void theOwnerIsAskedOnce() {
        fakes.respond("network-segmentation", ConnectionServiceGrpc.getListConnectionsMethod(), question -> {
            throw AwayTest.detailed(Code.FAILED_PRECONDITION, AwayTest.notOwner(fakes.address("owner")));
        });
        fakes.respond(
                "owner",
                ConnectionServiceGrpc.getListConnectionsMethod(),
                question -> ListConnectionsResponse.newBuilder()
                        .setNextPageToken("of the owner of " + question.getCluster())
                        .build());
        ConnectionServiceGrpc.ConnectionServiceBlockingStub connections =
                ConnectionServiceGrpc.newBlockingStub(with(channel, tokens.of("admin")));
        ListConnectionsRequest question =
                ListConnectionsRequest.newBuilder().setCluster("prod").build();
        assertThat(connections.listConnections(question).getNextPageToken()).isEqualTo("of the owner of prod");
        // One that is none any more ends the search, with the detail as it came.
        fakes.respond("owner", ConnectionServiceGrpc.getListConnectionsMethod(), again -> {
            throw AwayTest.detailed(Code.FAILED_PRECONDITION, AwayTest.notOwner(fakes.address("network-segmentation")));
        });
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> connections.listConnections(question));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(java.util.Objects.requireNonNull(io.grpc.protobuf.StatusProto.fromThrowable(refused))
                        .getDetails(0)
                        .is(NotOwner.class))
                .isTrue();
        assertThat(fakes.asked(ConnectionServiceGrpc.getListConnectionsMethod()))
                .hasSize(4);
    }

    @Test
    void anUploadIsPassedOnInOrder() throws StatusException, InterruptedException {
        fakes.answer(
                InventoryServiceGrpc.getUploadManifestsMethod(),
                UploadManifestsResponse.newBuilder().setAdded(3).build());
        BlockingClientCall<UploadManifestsRequest, UploadManifestsResponse> call =
                ClientCalls.blockingClientStreamingCall(
                        with(channel, tokens.of("admin")),
                        InventoryServiceGrpc.getUploadManifestsMethod(),
                        io.grpc.CallOptions.DEFAULT);
        UploadManifestsRequest header = UploadManifestsRequest.newBuilder()
                .setHeader(UploadHeader.newBuilder().setCluster("prod").setSource("git"))
                .build();
        assertThat(call.write(header)).isTrue();
        UploadManifestsRequest piece = UploadManifestsRequest.newBuilder()
                .setChunk(UploadChunk.newBuilder().setFile("a.yaml").setContent(ByteString.copyFrom(new byte[1 << 20])))
                .build();
        for (int i = 0; i < 64; i++) {
            assertThat(call.write(piece)).isTrue();
        }
        call.halfClose();
        UploadManifestsResponse answer = call.read();
        assertThat(answer)
                .isEqualTo(UploadManifestsResponse.newBuilder().setAdded(3).build());
        assertThat((List<?>) fakes.asked(InventoryServiceGrpc.getUploadManifestsMethod())
                        .getFirst()
                        .question())
                .hasSize(65)
                .first()
                .isEqualTo(header);
    }

    @Test
    void anUploadThatIsGivenUpIsGivenUpBehindToo() throws StatusException, InterruptedException {
        BlockingClientCall<UploadManifestsRequest, UploadManifestsResponse> call =
                ClientCalls.blockingClientStreamingCall(
                        with(channel, tokens.of("admin")),
                        InventoryServiceGrpc.getUploadManifestsMethod(),
                        io.grpc.CallOptions.DEFAULT);
        assertThat(call.write(UploadManifestsRequest.getDefaultInstance())).isTrue();
        // One that is given up before it got there is never seen behind.
        Poll.until(() ->
                !fakes.begun(InventoryServiceGrpc.getUploadManifestsMethod()).isEmpty());
        call.cancel("given up", null);
        Poll.until(() -> !fakes.cancelled(InventoryServiceGrpc.getUploadManifestsMethod())
                .isEmpty());
        assertThat(fakes.asked(InventoryServiceGrpc.getUploadManifestsMethod())).isEmpty();
    }

    @Test
    void eventsAreStreamedUntilTheCallerLeaves() throws InterruptedException {
        AtomicBoolean cancelled = new AtomicBoolean();
        BlockingQueue<ServerCallStreamObserver<WatchEventsResponse>> watching = new ArrayBlockingQueue<>(1);
        fakes.stream(StageServiceGrpc.getWatchEventsMethod(), (question, observer) -> {
            observer.setOnCancelHandler(() -> cancelled.set(true));
            watching.add(observer);
        });
        List<Long> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        ClientCall<WatchEventsRequest, WatchEventsResponse> call = with(channel, tokens.of("viewer", "shop"))
                .newCall(StageServiceGrpc.getWatchEventsMethod(), io.grpc.CallOptions.DEFAULT);
        ClientCalls.asyncServerStreamingCall(
                call, WatchEventsRequest.newBuilder().setAfterSequence(4).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(WatchEventsResponse event) {
                        seen.add(event.getSequence());
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
        ServerCallStreamObserver<WatchEventsResponse> events =
                java.util.Objects.requireNonNull(watching.poll(20, TimeUnit.SECONDS));
        for (long sequence = 5; sequence < 205; sequence++) {
            events.onNext(WatchEventsResponse.newBuilder().setSequence(sequence).build());
        }
        Poll.until(() -> seen.size() == 200);
        assertThat(seen).isSorted().startsWith(5L).endsWith(204L).doesNotHaveDuplicates();
        call.cancel("seen enough", null);
        Poll.until(cancelled::get);
    }

    @Test
    void eventsEndWithTheToken() {
        fakes.stream(StageServiceGrpc.getWatchEventsMethod(), (question, observer) -> {});
        StatusRuntimeException ended = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> StageServiceGrpc.newBlockingStub(with(channel, tokens.endingIn(2)))
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .watchEvents(WatchEventsRequest.getDefaultInstance())
                        .hasNext());
        assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(ended.getStatus().getDescription()).contains("expired");
    }

    @Test
    void largeMessagesPassAndTooLargeOnesDoNot() {
        fakes.answer(InventoryServiceGrpc.getPutDeclarationsMethod(), PutDeclarationsResponse.getDefaultInstance());
        fakes.answer(
                InventoryServiceGrpc.getGetClusterMethod(),
                GetClusterResponse.newBuilder()
                        .setCluster(io.plimsoll.api.inventory.v1.Cluster.newBuilder()
                                .setName("x".repeat(3 << 20)))
                        .build());
        InventoryServiceGrpc.InventoryServiceBlockingStub inventory = inventory(tokens.of("admin"));
        PutDeclarationsRequest four = PutDeclarationsRequest.newBuilder()
                .setDocument(ByteString.copyFrom(new byte[4 << 20]))
                .build();
        assertThat(inventory.putDeclarations(four)).isEqualTo(PutDeclarationsResponse.getDefaultInstance());
        assertThat(inventory
                        .getCluster(GetClusterRequest.getDefaultInstance())
                        .getCluster()
                        .getName())
                .hasSize(3 << 20);
        PutDeclarationsRequest twelve = PutDeclarationsRequest.newBuilder()
                .setDocument(ByteString.copyFrom(new byte[12 << 20]))
                .build();
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> inventory.putDeclarations(twelve));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void tellsItsHealthWithoutAToken() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void tellsItsServicesAndTheirMessages()
            throws InterruptedException, StatusException, InvalidProtocolBufferException {
        ServerReflectionResponse services =
                reflect(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(services.getListServicesResponse().getServiceList())
                .extracting(service -> service.getName())
                .containsAll(SERVICES);
        for (String service : SERVICES) {
            ServerReflectionResponse file = reflect(ServerReflectionRequest.newBuilder()
                    .setFileContainingSymbol(service)
                    .build());
            FileDescriptorProto proto = FileDescriptorProto.parseFrom(
                    file.getFileDescriptorResponse().getFileDescriptorProto(0));
            assertThat(proto.getPackage()).isEqualTo(service.substring(0, service.lastIndexOf('.')));
        }
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest question)
            throws InterruptedException, StatusException {
        BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call =
                ClientCalls.blockingBidiStreamingCall(
                        channel, ServerReflectionGrpc.getServerReflectionInfoMethod(), io.grpc.CallOptions.DEFAULT);
        assertThat(call.write(question)).isTrue();
        call.halfClose();
        return java.util.Objects.requireNonNull(call.read());
    }

    private StatusRuntimeException refused(InventoryServiceGrpc.InventoryServiceBlockingStub inventory) {
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> inventory
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .listClusters(ListClustersRequest.getDefaultInstance()));
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }

    private InventoryServiceGrpc.InventoryServiceBlockingStub inventory(String token) {
        return InventoryServiceGrpc.newBlockingStub(with(channel, token));
    }

    private static Channel with(Channel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(Fakes.AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static long nanos(String timeout) {
        long count = Long.parseLong(timeout.substring(0, timeout.length() - 1));
        return switch (timeout.charAt(timeout.length() - 1)) {
            case 'n' -> count;
            case 'u' -> count * 1_000;
            case 'm' -> count * 1_000_000;
            default -> count * 1_000_000_000;
        };
    }
}
