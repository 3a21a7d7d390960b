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
import io.grpc.stub.MetadataUtils;
import io.plimsoll.analyser.AnalyserRuntime;
import io.plimsoll.api.kernel.v1.SubjectKind;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
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

/** The service with real parts, and what its tests do to it. */
abstract class RunningService {

    /** A replica that is silent so long has lost its partitions. */
    static final Duration TERM = Duration.ofSeconds(3);

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
    ManagedChannel channel;

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

    static String token(String whose) {
        return configured("test.token." + whose);
    }

    static String kafka() {
        return configured("plimsoll.analyser.kafka");
    }

    private static String configured(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(100);
        }
    }

    HttpResponse<String> get(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(here.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service's channel in the name of one caller. */
    Channel as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    ConnectionServiceGrpc.ConnectionServiceBlockingStub calls(String token) {
        return ConnectionServiceGrpc.newBlockingStub(as(token)).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** What inventory's relay writes for one batch. */
    static void relay(ClusterState state, int partition, long number) {
        Version version = new Version(1, number, 0);
        Place place = new Place(Topic.RESOURCES, partition);
        List<LogRecord> records = new ArrayList<>();
        for (Resource resource : state.resources()) {
            byte[] bytes = ResourceCodec.toWire(resource, version, state.mode(), "files")
                    .toByteArray();
            records.add(new LogRecord(place, TopicKey.resource(resource.id()), bytes, version));
        }
        Mark mark = Mark.newBuilder()
                .setCluster(state.name())
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(state.mode()))
                .setRecordCount(state.resources().size())
                .build();
        records.add(new LogRecord(place, TopicKey.mark(state.name(), "inventory"), mark.toByteArray(), version));
        try (KafkaSink sink = new KafkaSink(EmbeddedParts.withIdentity().kafka().bootstrapServers(), "inventory")) {
            sink.take(partition);
            sink.write(partition, records);
        }
    }

    static SubjectRef workload(String namespace, String kind, String name) {
        return SubjectRef.newBuilder()
                .setKind(SubjectKind.SUBJECT_KIND_WORKLOAD)
                .setCluster(Town.CLUSTER)
                .setNamespace(namespace)
                .setObject(kind)
                .setName(name)
                .build();
    }

    static StatusRuntimeException refused(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    static Status.Code code(Runnable call) {
        return refused(call).getStatus().getCode();
    }
}
