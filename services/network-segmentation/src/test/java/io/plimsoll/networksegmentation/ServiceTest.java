package io.plimsoll.networksegmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.plimsoll.analyser.AnalyserRuntime;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.kernel.v1.SubjectKind;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.api.segmentation.v1.Connection;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ExplainConnectionRequest;
import io.plimsoll.api.segmentation.v1.ListClassMembersRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.ProbeConnectionRequest;
import io.plimsoll.api.segmentation.v1.Protocol;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.networksegmentation.flow.NetworkSegmentation;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemStatus;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it runs: calls with real tokens, what each caller may see, and who answers when a partition moves. */
@QuarkusTest
@QuarkusTestResource(ServiceTest.Parts.class)
class ServiceTest {

    /** The last of them: it is the first to go when a second replica comes. */
    private static final int PARTITION = 11;

    private static final Duration TERM = Duration.ofSeconds(3);

    /** Database, broker and Keycloak. */
    public static final class Parts implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            OneMachine machine = EmbeddedParts.withIdentity();
            DatabaseAccess access = machine.postgres().access("network-segmentation");
            KeycloakAccess keycloak = machine.keycloak().access();
            try {
                return Map.ofEntries(
                        Map.entry(
                                "quarkus.datasource.jdbc.url", access.jdbcUrl() + "&currentSchema=" + access.schema()),
                        Map.entry("quarkus.datasource.username", access.user()),
                        Map.entry("quarkus.datasource.password", access.password()),
                        Map.entry("quarkus.flyway.schemas", access.schema()),
                        Map.entry(
                                "quarkus.oidc.auth-server-url",
                                keycloak.issuer().toString()),
                        Map.entry("plimsoll.analyser.kafka", machine.kafka().bootstrapServers()),
                        Map.entry("plimsoll.analyser.address", "127.0.0.1:1"),
                        Map.entry("plimsoll.analyser.lease-term", TERM.toSeconds() + "s"),
                        // The machine is known to this class loader only; the tests get what they need of it.
                        Map.entry("test.token.service", keycloak.serviceToken("gateway")),
                        Map.entry("test.token.viewer", keycloak.userToken("shop-viewer")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            // The machine ends with the JVM.
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init")
    URI here;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource database;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AnalyserRuntime runtime;

    @SuppressWarnings("NullAway.Init")
    private ManagedChannel channel;

    @BeforeEach
    void open() throws Exception {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", here.getPort())
                .usePlaintext()
                .build();
        await("ready", () -> get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    private static String token(String whose) {
        return configured("test.token." + whose);
    }

    private static String kafka() {
        return configured("plimsoll.analyser.kafka");
    }

    private static String configured(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(100);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(here.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConnectionServiceGrpc.ConnectionServiceBlockingStub calls(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        Channel as = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        return ConnectionServiceGrpc.newBlockingStub(as).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** What inventory's relay writes for one batch. */
    private static void relay(long number) {
        ClusterState state = Town.state();
        Version version = new Version(1, number, 0);
        Place place = new Place(Topic.RESOURCES, PARTITION);
        List<LogRecord> records = new ArrayList<>();
        for (Resource resource : state.resources()) {
            byte[] bytes = ResourceCodec.toWire(resource, version, state.mode(), "files")
                    .toByteArray();
            records.add(new LogRecord(place, TopicKey.resource(resource.id()), bytes, version));
        }
        Mark mark = Mark.newBuilder()
                .setCluster(Town.CLUSTER)
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(state.mode()))
                .setRecordCount(state.resources().size())
                .build();
        records.add(new LogRecord(place, TopicKey.mark(Town.CLUSTER, "inventory"), mark.toByteArray(), version));
        try (KafkaSink sink = new KafkaSink(EmbeddedParts.withIdentity().kafka().bootstrapServers(), "inventory")) {
            sink.take(PARTITION);
            sink.write(PARTITION, records);
        }
    }

    private static ListConnectionsRequest.Builder asked() {
        return ListConnectionsRequest.newBuilder().setCluster(Town.CLUSTER).setPageSize(500);
    }

    private static SubjectRef workload(String namespace, String kind, String name) {
        return SubjectRef.newBuilder()
                .setKind(SubjectKind.SUBJECT_KIND_WORKLOAD)
                .setCluster(Town.CLUSTER)
                .setNamespace(namespace)
                .setObject(kind)
                .setName(name)
                .build();
    }

    private static StatusRuntimeException refused(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Status.Code code(Runnable call) {
        return refused(call).getStatus().getCode();
    }

    private ListConnectionsResponse awaitRevision(String token, long number) throws InterruptedException {
        ListConnectionsResponse[] last = new ListConnectionsResponse[1];
        await("revision " + number, () -> {
            try {
                last[0] = calls(token).listConnections(asked().build());
                return last[0].getRevision().getNumber() == number;
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
        return last[0];
    }

    @Test
    void connectionsAreListedPageByPageAndByTeam() throws Exception {
        relay(1);
        String service = token("service");
        ListConnectionsResponse all = awaitRevision(service, 1);
        assertThat(all.getNextPageToken()).isEmpty();
        assertThat(all.getConnectionsList())
                .anyMatch(each -> each.getSource().hasIngressController())
                .anyMatch(each -> each.getDestination().getCidr().equals("10.0.0.0/8"));
        List<Connection> paged = new ArrayList<>();
        String token = "";
        do {
            ListConnectionsResponse page = calls(service)
                    .listConnections(asked().setPageSize(3).setPageToken(token).build());
            assertThat(page.getConnectionsCount()).isBetween(1, 3);
            paged.addAll(page.getConnectionsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(all.getConnectionsList());

        String viewer = token("viewer");
        ListConnectionsResponse seen = calls(viewer).listConnections(asked().build());
        assertThat(seen.getConnectionsCount()).isEqualTo(6);
        assertThat(seen.toString()).doesNotContain("bank").doesNotContain("square");
        assertThat(code(() -> calls(viewer)
                        .listConnections(asked().setWorkload(workload("bank", "StatefulSet", "ledger"))
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() ->
                        calls(service).listConnections(asked().setPageSize(501).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls(service)
                        .listConnections(asked().setCluster("atlantis").build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ConnectionServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listConnections(asked().build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        members(service, all.getRevision());
        probes(service, viewer);

        String second =
                calls(service).listConnections(asked().setPageSize(3).build()).getNextPageToken();
        relay(2);
        awaitRevision(service, 2);
        StatusRuntimeException moved = refused(() -> calls(service)
                .listConnections(asked().setPageSize(3).setPageToken(second).build()));
        assertThat(moved.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(get("/q/metrics").body())
                .contains("plimsoll_corridor_partitions_held", "plimsoll_corridor_records_published_total");
        secondReplica(service);
    }

    private void members(String service, Revision revision) {
        ListClassMembersRequest.Builder request =
                ListClassMembersRequest.newBuilder().setCluster(Town.CLUSTER).setRevision(revision);
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            calls(service)
                    .listClassMembers(request.setClassNumber(number).build())
                    .getWorkloadsList()
                    .forEach(each -> names.add(each.getName()));
        }
        assertThat(names).containsExactlyInAnyOrder("web", "cart", "ledger", "fountain");
        assertThat(code(() -> calls(service)
                        .listClassMembers(request.setClassNumber(99).build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        Revision another = revision.toBuilder().setNumber(77).build();
        assertThat(code(() -> calls(service)
                        .listClassMembers(
                                request.setClassNumber(0).setRevision(another).build())))
                .isEqualTo(Status.Code.ABORTED);
    }

    private void probes(String service, String viewer) {
        ProbeConnectionRequest.Builder request = ProbeConnectionRequest.newBuilder()
                .setCluster(Town.CLUSTER)
                .setSource(Endpoint.newBuilder().setWorkload(workload("shop", "Deployment", "web")))
                .setDestination(Endpoint.newBuilder().setWorkload(workload("shop", "Deployment", "cart")))
                .setProtocol(Protocol.PROTOCOL_TCP)
                .setPort(7070);
        assertThat(calls(viewer).probeConnection(request.build()).getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(calls(viewer)
                        .probeConnection(request.clone().setPort(22).build())
                        .getVerdict())
                .isEqualTo(Verdict.VERDICT_DENIED);
        Endpoint ledger = Endpoint.newBuilder()
                .setWorkload(workload("bank", "StatefulSet", "ledger"))
                .build();
        ProbeConnectionRequest foreign = request.clone().setDestination(ledger).build();
        assertThat(calls(service).probeConnection(foreign).getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(code(() -> calls(viewer).probeConnection(foreign))).isEqualTo(Status.Code.NOT_FOUND);
        Endpoint outside = Endpoint.newBuilder().setAddress("192.0.2.1").build();
        assertThat(calls(service)
                        .explainConnection(ExplainConnectionRequest.newBuilder()
                                .setCluster(Town.CLUSTER)
                                .setSource(ledger)
                                .setDestination(outside)
                                .setProtocol(Protocol.PROTOCOL_TCP)
                                .setPort(443)
                                .build())
                        .getRulesList())
                .singleElement()
                .satisfies(say -> {
                    assertThat(say.getPolicy().getName()).isEqualTo("ledger");
                    assertThat(say.getSay()).isEqualTo("isolate");
                });
        assertThat(code(() -> calls(service)
                        .probeConnection(request.clone()
                                .setSource(outside)
                                .setDestination(outside)
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls(service)
                        .probeConnection(request.clone().setPort(0).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** A second replica takes half of the partitions: this one names it, and answers again when it is gone. */
    private void secondReplica(String service) throws Exception {
        try (AnalyserProcess second = new AnalyserProcess(
                new NetworkSegmentation(),
                database,
                new AnalyserProcess.Settings(kafka(), 12, "127.0.0.1:2", TERM, true),
                values -> Declarations.NONE)) {
            second.start();
            await(
                    "the second replica answers",
                    () -> second.status().answering().contains(PARTITION));
            StatusRuntimeException refusal = refused(() -> calls(service).listConnections(asked().build()));
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(ProblemStatus.fromGrpc(refusal).problem()).isEqualTo(Problem.NOT_OWNER);
            NotOwner detail = StatusProto.fromThrowable(refusal).getDetails(0).unpack(NotOwner.class);
            assertThat(detail.getCluster()).isEqualTo(Town.CLUSTER);
            assertThat(detail.getOwnerAddress()).isEqualTo("127.0.0.1:2");
            assertThat(detail.getLeaseGeneration()).isPositive();
            assertThat(detail.hasLeaseExpires()).isTrue();
        }
        awaitRevision(service, 2);
        assertThat(runtime.process().status().held()).hasSize(12);
    }
}
