package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.inventory.v1.DigestPage;
import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.IssueSensorCredentialRequest;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListCoverageRequest;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.ListResourcesRequest;
import io.plimsoll.api.inventory.v1.ListWorkloadsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.RebuildTopicsRequest;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.UploadChunk;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.plimsoll.sensing.kind.WantedKinds;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.testing.Tools;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it runs: calls with real tokens, and what each caller may see. */
@QuarkusTest
@QuarkusTestResource(ServiceTest.Parts.class)
class ServiceTest {

    /** Database, broker and Keycloak. */
    public static final class Parts implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            OneMachine machine = EmbeddedParts.withIdentity();
            DatabaseAccess access = machine.postgres().access("inventory");
            KeycloakAccess keycloak = machine.keycloak().access();
            try {
                Map<String, String> all = new java.util.HashMap<>(certificate());
                all.putAll(Map.ofEntries(
                        Map.entry(
                                "quarkus.datasource.jdbc.url",
                                access.jdbcUrl() + "&currentSchema=" + access.schema() + "&reWriteBatchedInserts=true"),
                        Map.entry("quarkus.datasource.username", access.user()),
                        Map.entry("quarkus.datasource.password", access.password()),
                        Map.entry("quarkus.flyway.schemas", access.schema()),
                        Map.entry(
                                "quarkus.oidc.auth-server-url",
                                keycloak.issuer().toString()),
                        Map.entry("plimsoll.inventory.kafka", machine.kafka().bootstrapServers()),
                        Map.entry(
                                "plimsoll.inventory.data",
                                Path.of(System.getProperty("java.io.tmpdir"), "plimsoll-inventory-test")
                                        .toString()),
                        // The machine is known to this class loader only; the tests get what they need of it.
                        Map.entry("test.token.service", keycloak.serviceToken("gateway")),
                        Map.entry("test.token.viewer", keycloak.userToken("shop-viewer"))));
                return all;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** What the sensors' door shows; nothing where there is no program to make it. */
        private static Map<String, String> certificate() throws IOException, InterruptedException {
            if (Tools.find("openssl").isEmpty()) {
                return Map.of();
            }
            Path folder = java.nio.file.Files.createTempDirectory("plimsoll-door");
            String key = folder.resolve("key.pem").toString();
            String certificate = folder.resolve("certificate.pem").toString();
            int code = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=localhost",
                            "-addext",
                            "subjectAltName=DNS:localhost",
                            "-keyout",
                            key,
                            "-out",
                            certificate)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start()
                    .waitFor();
            return code != 0
                    ? Map.of()
                    : Map.of(
                            "quarkus.http.ssl.certificate.files",
                            certificate,
                            "quarkus.http.ssl.certificate.key-files",
                            key,
                            "test.authority",
                            certificate);
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

    @TestHTTPResource(tls = true)
    @SuppressWarnings("NullAway.Init")
    URI hereOverTls;

    @SuppressWarnings("NullAway.Init")
    private ManagedChannel channel;

    @BeforeEach
    void open() throws Exception {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", here.getPort())
                .usePlaintext()
                .build();
        Instant end = Instant.now().plusSeconds(30);
        while (get("/q/health/ready").statusCode() != 200) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not ready: " + get("/q/health/ready").body());
            }
            Thread.sleep(100);
        }
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(here.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String token(String whose) {
        return ConfigProvider.getConfig().getValue("test.token." + whose, String.class);
    }

    private Channel as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private InventoryServiceGrpc.InventoryServiceBlockingStub calls(String token) {
        return InventoryServiceGrpc.newBlockingStub(as(token)).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private UploadManifestsResponse upload(String token, UploadHeader header, String manifests) throws Exception {
        CompletableFuture<UploadManifestsResponse> answer = new CompletableFuture<>();
        StreamObserver<UploadManifestsRequest> out = InventoryServiceGrpc.newStub(as(token))
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .uploadManifests(new StreamObserver<>() {
                    @Override
                    public void onNext(UploadManifestsResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        // The answer was there.
                    }
                });
        out.onNext(UploadManifestsRequest.newBuilder().setHeader(header).build());
        out.onNext(UploadManifestsRequest.newBuilder()
                .setChunk(UploadChunk.newBuilder().setFile("shop.yaml").setContent(ByteString.copyFromUtf8(manifests)))
                .build());
        out.onCompleted();
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw ProblemStatus.fromGrpc(Objects.requireNonNull(e.getCause()));
        }
    }

    private static UploadHeader header(String cluster) {
        return UploadHeader.newBuilder()
                .setCluster(cluster)
                .setSource("files")
                .setRegister(true)
                .build();
    }

    @Test
    void anUploadIsAcknowledgedListedAndSeenByItsTeamAlone() throws Exception {
        String service = token("service");
        UploadManifestsResponse answer = upload(service, header("served"), KillPointsTest.SHOP + "---\na: b\n");
        assertThat(answer.getAdded()).isEqualTo(3);
        calls(service)
                .putDeclarations(PutDeclarationsRequest.newBuilder()
                        .setSource("served")
                        .setDocument(ByteString.copyFromUtf8("format: plimsoll.declarations/v1\nteams:\n- name: shop\n"
                                + "  namespaces:\n  - {cluster: served, namespace: shop}\n"))
                        .build());
        GetClusterRequest wanted =
                GetClusterRequest.newBuilder().setName("served").build();
        Instant end = Instant.now().plusSeconds(30);
        while (calls(service).getCluster(wanted).getCluster().getRevision().getNumber() < 2) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
        assertThat(calls(service)
                        .listResources(ListResourcesRequest.newBuilder()
                                .setCluster("served")
                                .setPageSize(2)
                                .build())
                        .getResourcesCount())
                .isEqualTo(2);
        var first = calls(service)
                .listResources(ListResourcesRequest.newBuilder()
                        .setCluster("served")
                        .setPageSize(2)
                        .build());
        var second = calls(service)
                .listResources(ListResourcesRequest.newBuilder()
                        .setCluster("served")
                        .setPageSize(2)
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(second.getResourcesCount()).isEqualTo(1);
        assertThat(second.getNextPageToken()).isEmpty();

        String viewer = token("viewer");
        assertThat(calls(viewer).getCluster(wanted).getCluster().getObjectCount())
                .isEqualTo(3);
        assertThat(calls(viewer)
                        .listResources(ListResourcesRequest.newBuilder()
                                .setCluster("served")
                                .build())
                        .getResourcesCount())
                .isEqualTo(3);
        upload(service, header("foreign"), KillPointsTest.SHOP);
        assertThat(code(() -> calls(viewer)
                        .getCluster(GetClusterRequest.newBuilder()
                                .setName("foreign")
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(calls(viewer)
                        .listClusters(ListClustersRequest.getDefaultInstance())
                        .getClustersList())
                .extracting(cluster -> cluster.getName())
                .containsExactly("served");
        assertThat(calls(service)
                        .listCoverage(ListCoverageRequest.getDefaultInstance())
                        .getCoverageList())
                .extracting(gap -> gap.getKind() + " " + gap.getScope().getCluster() + " "
                        + gap.getSource().getDocument())
                .contains("document served 4");
        assertThat(get("/q/metrics").body()).contains("plimsoll_outbox_records", "plimsoll_outbox_age_seconds");
    }

    private static Status.Code code(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure.getStatus().getCode();
    }

    @Test
    void whoMayNotWriteIsToldSoAndNobodyWithoutAToken() throws Exception {
        String viewer = token("viewer");
        assertThatThrownBy(() -> upload(viewer, header("forbidden"), KillPointsTest.SHOP))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem()).isEqualTo(Problem.FORBIDDEN));
        assertThat(code(() -> calls(viewer).rebuildTopics(RebuildTopicsRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(() -> InventoryServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listClusters(ListClustersRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private String issued(String cluster) {
        return calls(token("service"))
                .issueSensorCredential(IssueSensorCredentialRequest.newBuilder()
                        .setCluster(cluster)
                        .build())
                .getSecret();
    }

    private static Sighting deployment(int number) {
        return Sensed.sighting(
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web-" + number
                        + "\",\"namespace\":\"shop\",\"labels\":{\"tier\":\"front\"},\"resourceVersion\":\"7\"},\"spec\":{\"replicas\":3,"
                        + "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":"
                        + "[{\"name\":\"c\",\"image\":\"example.com/web:" + number + "\"}]}}}}");
    }

    private void whatASensorTellsIsPublished(Channel door, String cluster) throws Exception {
        Talk talk = new Talk(door, issued(cluster), cluster);
        SortedSet<String> watched = WantedKinds.words();
        watched.remove("policy/PodDisruptionBudget");
        talk.hello(watched);
        assertThat(talk.next().hasSnapshotRequest()).isTrue();
        SetDigest digest = SetDigest.EMPTY;
        for (int i = 0; i < 3; i++) {
            talk.change(deployment(i));
            digest = digest.with(deployment(i).key(), deployment(i).hash());
        }
        talk.complete(1, digest);
        assertThat(talk.next().getAccepted().getBatch()).isEqualTo(1);
        GetClusterRequest wanted =
                GetClusterRequest.newBuilder().setName(cluster).build();
        Instant end = Instant.now().plusSeconds(30);
        while (calls(token("service"))
                        .getCluster(wanted)
                        .getCluster()
                        .getRevision()
                        .getNumber()
                < 1) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
        var known = calls(token("service")).getCluster(wanted).getCluster();
        assertThat(known.getObjectCount())
                .as("three, and one that says what is not seen")
                .isEqualTo(4);
        assertThat(known.getSensor().getSynced()).isTrue();
        assertThat(known.getSensor().getUnpublished()).isZero();
        assertThat(known.getSensor().hasAgreed()).isTrue();
        assertThat(known.getSensor().getDeniedList())
                .as("what a sensor of this version does not look at")
                .extracting(ListDenied::getGroup, ListDenied::getKind, ListDenied::getReason)
                .containsExactly(
                        tuple("policy", "PodDisruptionBudget", "its version 1 does not look at it; a newer one does"));
        talk.close();
        assertThat(talk.end().isOk()).isTrue();
    }

    @Test
    void whatASensorTellsIsPublishedAndSearched() throws Exception {
        whatASensorTellsIsPublished(channel, "sensed");
        var all = calls(token("service"))
                .listWorkloads(ListWorkloadsRequest.newBuilder()
                        .setScope(ScopeRef.newBuilder()
                                .setKind(ScopeKind.SCOPE_KIND_NAMESPACE)
                                .setCluster("sensed")
                                .setNamespace("shop")
                                .setName("shop"))
                        .setLabel("tier=front")
                        .setImage("web:2")
                        .setOrphans(true)
                        .build());
        assertThat(all.getWorkloadsList()).hasSize(1);
        assertThat(all.getWorkloads(0).getIdentity().getGroup()).isEqualTo("apps");
        assertThat(all.getWorkloads(0).getReplicas()).isEqualTo(3);
        assertThat(all.getWorkloads(0).hasFirstSeen()).isTrue();
        assertThat(calls(token("service"))
                        .listWorkloads(ListWorkloadsRequest.newBuilder()
                                .setScope(ScopeRef.newBuilder()
                                        .setKind(ScopeKind.SCOPE_KIND_CLUSTER)
                                        .setCluster("sensed"))
                                .setLabel("tier=back")
                                .build())
                        .getWorkloadsList())
                .isEmpty();
        var first = calls(token("service"))
                .listWorkloads(ListWorkloadsRequest.newBuilder()
                        .setScope(ScopeRef.newBuilder()
                                .setKind(ScopeKind.SCOPE_KIND_CLUSTER)
                                .setCluster("sensed"))
                        .setPageSize(2)
                        .build());
        assertThat(first.getWorkloadsList()).hasSize(2);
        assertThat(first.getNextPageToken()).isNotEmpty();
    }

    @Test
    void theSensorsDoorSpeaksTls() throws Exception {
        String authority = ConfigProvider.getConfig()
                .getOptionalValue("test.authority", String.class)
                .orElse("");
        assumeTrue(!authority.isEmpty(), "openssl is absent");
        ManagedChannel door = Grpc.newChannelBuilder(
                        "127.0.0.1:" + hereOverTls.getPort(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(Path.of(authority).toFile())
                                .build())
                .overrideAuthority("localhost")
                .build();
        try {
            whatASensorTellsIsPublished(door, "sensed-tls");
        } finally {
            door.shutdownNow();
        }
    }

    @Test
    void whatIsWrongAtTheSensorsDoorIsRefusedByNameAndHarmsNobody() throws Exception {
        Talk nobody = new Talk(channel, "", "sensed-2");
        nobody.hello();
        assertThat(nobody.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        String secret = issued("sensed-2");
        Talk other = new Talk(channel, secret, "sensed-3");
        other.hello();
        assertThat(other.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        Talk large = new Talk(channel, secret, "sensed-2");
        large.hello();
        assertThat(large.next().hasSnapshotRequest()).isTrue();
        large.say(SyncRequest.newBuilder()
                .setChange(Sensed.wire("sensed-2", deployment(1)).toBuilder()
                        .setJson(ByteString.copyFrom(new byte[5 << 20])))
                .build());
        assertThat(large.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        Talk pages = new Talk(channel, secret, "sensed-2");
        pages.hello();
        assertThat(pages.next().hasSnapshotRequest()).isTrue();
        pages.say(SyncRequest.newBuilder()
                .setDigestPage(DigestPage.newBuilder().setLast(true))
                .build());
        assertThat(pages.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls(token("viewer"))
                        .issueSensorCredential(IssueSensorCredentialRequest.newBuilder()
                                .setCluster("sensed-2")
                                .build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        whatASensorTellsIsPublished(channel, "sensed-2");
    }

    @Test
    void aMalformedUploadIsRefusedWithItsPlace() throws Exception {
        String service = token("service");
        assertThatThrownBy(() -> upload(service, header("broken"), "a: b\n---\nkind: [x\n"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.problem()).isEqualTo(Problem.UNPROCESSABLE);
                    assertThat(problem.place()).startsWith("shop.yaml, document 2, line");
                });
        assertThat(code(() -> calls(service)
                        .getCluster(
                                GetClusterRequest.newBuilder().setName("broken").build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }
}
