package io.plimsoll.inventory.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.GetResourceRequest;
import io.plimsoll.api.inventory.v1.GetResourceResponse;
import io.plimsoll.api.inventory.v1.GetSensorCredentialsRequest;
import io.plimsoll.api.inventory.v1.GetSensorCredentialsResponse;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.IssueSensorCredentialRequest;
import io.plimsoll.api.inventory.v1.IssueSensorCredentialResponse;
import io.plimsoll.api.inventory.v1.ListChangesRequest;
import io.plimsoll.api.inventory.v1.ListChangesResponse;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.api.inventory.v1.ListCoverageRequest;
import io.plimsoll.api.inventory.v1.ListCoverageResponse;
import io.plimsoll.api.inventory.v1.ListDeclarationsRequest;
import io.plimsoll.api.inventory.v1.ListDeclarationsResponse;
import io.plimsoll.api.inventory.v1.ListResourcesRequest;
import io.plimsoll.api.inventory.v1.ListResourcesResponse;
import io.plimsoll.api.inventory.v1.ListWorkloadsRequest;
import io.plimsoll.api.inventory.v1.ListWorkloadsResponse;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.RebuildTopicsRequest;
import io.plimsoll.api.inventory.v1.RebuildTopicsResponse;
import io.plimsoll.api.inventory.v1.RegisterClusterRequest;
import io.plimsoll.api.inventory.v1.RegisterClusterResponse;
import io.plimsoll.api.inventory.v1.RevokeSensorCredentialRequest;
import io.plimsoll.api.inventory.v1.RevokeSensorCredentialResponse;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import io.plimsoll.inventory.Background;
import io.plimsoll.inventory.InventoryConfig;
import io.plimsoll.inventory.flow.Declare;
import io.plimsoll.inventory.flow.DeclareOutcome;
import io.plimsoll.inventory.flow.Ingest;
import io.plimsoll.inventory.flow.InventoryStore;
import io.plimsoll.inventory.flow.SourceContent;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.inventory.ingest.ManifestUpload;
import io.plimsoll.inventory.ingest.Spool;
import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.Credentials;
import io.plimsoll.inventory.store.PostgresStore;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.plimsoll.telemetry.MetricName;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Inventory's calls. Writing is for administrators and services; reading for whoever owns a part of what is read. */
@GrpcService
@Blocking
public class InventoryApi extends InventoryServiceGrpc.InventoryServiceImplBase {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final Callers callers;
    private final InventoryConfig config;
    private final Background background;
    private final Ingest ingest;
    private final Declare declare;
    private final PostgresStore store;
    private final Reading reading;
    private final Credentials credentials;
    private final Workloads workloads;
    private final MeterRegistry meters;
    private final Semaphore room;

    InventoryApi(
            Callers callers,
            InventoryConfig config,
            Background background,
            Ingest ingest,
            Declare declare,
            PostgresStore store,
            Reading reading,
            Credentials credentials,
            Workloads workloads,
            MeterRegistry meters) {
        this.callers = callers;
        this.config = config;
        this.background = background;
        this.ingest = ingest;
        this.declare = declare;
        this.store = store;
        this.reading = reading;
        this.credentials = credentials;
        this.workloads = workloads;
        this.meters = meters;
        this.room = new Semaphore(config.uploadsAtOnceMax(), true);
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        observer.onNext(work.get());
        observer.onCompleted();
    }

    private void requireWriter() {
        callers.caller().require(Role.ADMIN, Role.SERVICE);
    }

    @Override
    public void registerCluster(RegisterClusterRequest request, StreamObserver<RegisterClusterResponse> observer) {
        answer(observer, () -> {
            requireWriter();
            UploadOrder.checkCluster(request.getName());
            ClusterMode mode =
                    switch (request.getMode()) {
                        case CLUSTER_MODE_MANIFESTS -> ClusterMode.MANIFESTS;
                        case CLUSTER_MODE_LIVE -> ClusterMode.LIVE;
                        case CLUSTER_MODE_UNSPECIFIED, UNRECOGNIZED ->
                            throw new ProblemException(Problem.MALFORMED, "the mode is manifests or live");
                    };
            InventoryStore.Registered registered = store.register(request.getName(), mode, config.partitions());
            if (registered.cluster().mode() != mode) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "cluster " + request.getName() + " is registered in the other mode, which never changes");
            }
            return RegisterClusterResponse.newBuilder()
                    .setCluster(ClusterCodec.toWire(registered.cluster()))
                    .setCreated(registered.created())
                    .build();
        });
    }

    @Override
    public void getCluster(GetClusterRequest request, StreamObserver<GetClusterResponse> observer) {
        answer(observer, () -> reading.cluster(request, callers.caller()));
    }

    @Override
    public void listClusters(ListClustersRequest request, StreamObserver<ListClustersResponse> observer) {
        answer(observer, () -> reading.clusters(request, callers.caller()));
    }

    @Override
    public StreamObserver<UploadManifestsRequest> uploadManifests(StreamObserver<UploadManifestsResponse> observer) {
        ServerCallStreamObserver<UploadManifestsResponse> call =
                (ServerCallStreamObserver<UploadManifestsResponse>) observer;
        call.disableAutoRequest();
        try {
            requireWriter();
            background.requireRoom();
        } catch (ProblemException e) {
            // Thrown from here it would end the call for nobody but us.
            call.onError(ProblemStatus.toGrpc(e));
            return new Refused();
        }
        Spool.Bounds bounds = new Spool.Bounds(
                config.uploadBytesMax(), config.uploadFilesMax(), Spool.Bounds.DEFAULTS.chunkBytesMax());
        UploadObserver upload = new UploadObserver(call, () -> Spool.open(background.spool(), bounds), this::upload);
        call.request(1);
        return upload;
    }

    /** What still comes of an upload that was refused. */
    private static final class Refused implements StreamObserver<UploadManifestsRequest> {

        @Override
        public void onNext(UploadManifestsRequest message) {
            // Refused already.
        }

        @Override
        public void onError(Throwable cancelled) {
            // Refused already.
        }

        @Override
        public void onCompleted() {
            // Refused already.
        }
    }

    private UploadOutcome upload(UploadOrder order, Spool spool) {
        String outcome = "refused";
        boolean entered = false;
        try {
            entered = room.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (!entered) {
                throw new ProblemException(Problem.TOO_MANY, "other uploads are being worked on")
                        .retryAfter(Duration.ofSeconds(30));
            }
            SourceContent content = ManifestUpload.read(spool, order.namespace());
            UploadOutcome done = ingest.upload(order, content);
            outcome = "accepted";
            background.wake();
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.STORE_AWAY, "the service is stopping", e);
        } finally {
            if (entered) {
                room.release();
            }
            meters.counter(MetricName.UPLOADS, "outcome", outcome).increment();
        }
    }

    @Override
    public void putDeclarations(PutDeclarationsRequest request, StreamObserver<PutDeclarationsResponse> observer) {
        answer(observer, () -> {
            requireWriter();
            background.requireRoom();
            DeclareOutcome outcome = declare.put(
                    request.getSource(),
                    request.getFile(),
                    request.getDocument().toByteArray(),
                    request.getIdempotencyKey());
            background.wake();
            return PutDeclarationsResponse.newBuilder()
                    .setNumber(outcome.number())
                    .setChanged(outcome.changed())
                    .setWithdrawn(outcome.withdrawn())
                    .build();
        });
    }

    @Override
    public void listDeclarations(ListDeclarationsRequest request, StreamObserver<ListDeclarationsResponse> observer) {
        answer(observer, () -> reading.declarations(request, callers.caller()));
    }

    @Override
    public void listResources(ListResourcesRequest request, StreamObserver<ListResourcesResponse> observer) {
        answer(observer, () -> reading.resources(request, callers.caller()));
    }

    @Override
    public void getResource(GetResourceRequest request, StreamObserver<GetResourceResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            String key = TopicKey.resource(KernelCodec.fromWire(request.getIdentity()));
            byte[] record = reading.resource(request.getIdentity().getCluster(), key, caller);
            try {
                return GetResourceResponse.newBuilder()
                        .setResource(ResourceRecord.parseFrom(record))
                        .build();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a kept record cannot be read", e);
            }
        });
    }

    @Override
    public void listCoverage(ListCoverageRequest request, StreamObserver<ListCoverageResponse> observer) {
        answer(observer, () -> reading.coverage(request, callers.caller()));
    }

    @Override
    public void issueSensorCredential(
            IssueSensorCredentialRequest request, StreamObserver<IssueSensorCredentialResponse> observer) {
        answer(observer, () -> {
            requireWriter();
            Credential.Issued issued = credentials.issue(
                    request.getCluster(),
                    callers.caller().name(),
                    SensorCodec.fromWire(request.hasExpires(), request.getExpires()));
            return IssueSensorCredentialResponse.newBuilder()
                    .setCredential(SensorCodec.toWire(issued.credential()))
                    .setSecret(issued.shown())
                    .build();
        });
    }

    @Override
    public void getSensorCredentials(
            GetSensorCredentialsRequest request, StreamObserver<GetSensorCredentialsResponse> observer) {
        answer(observer, () -> {
            requireWriter();
            GetSensorCredentialsResponse.Builder all = GetSensorCredentialsResponse.newBuilder();
            credentials.of(request.getCluster()).forEach(each -> all.addCredentials(SensorCodec.toWire(each)));
            return all.build();
        });
    }

    @Override
    public void revokeSensorCredential(
            RevokeSensorCredentialRequest request, StreamObserver<RevokeSensorCredentialResponse> observer) {
        answer(observer, () -> {
            requireWriter();
            return RevokeSensorCredentialResponse.newBuilder()
                    .setCredential(SensorCodec.toWire(credentials.revoke(request.getCluster(), request.getId())))
                    .build();
        });
    }

    @Override
    public void listWorkloads(ListWorkloadsRequest request, StreamObserver<ListWorkloadsResponse> observer) {
        answer(observer, () -> workloads.list(request, callers.caller()));
    }

    @Override
    public void listChanges(ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
        answer(observer, () -> reading.changes(request, callers.caller()));
    }

    @Override
    public void rebuildTopics(RebuildTopicsRequest request, StreamObserver<RebuildTopicsResponse> observer) {
        answer(observer, () -> {
            callers.caller().require(Role.ADMIN, Role.SERVICE);
            if (!request.getOnlyTell() && reading.rebuilding() == 0) {
                store.rebuild();
                background.wake();
            }
            return RebuildTopicsResponse.newBuilder()
                    .setPending(reading.rebuilding())
                    .setOutboxRecords(background.backlog().records())
                    .build();
        });
    }
}
