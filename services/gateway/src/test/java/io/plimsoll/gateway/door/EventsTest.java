package io.plimsoll.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stage changes as they happen. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class EventsTest extends DoorTest {

    private static final MethodDescriptor<WatchEventsRequest, WatchEventsResponse> WATCH =
            StageServiceGrpc.getWatchEventsMethod();

    @TestHTTPResource
    URI door;

    private final BlockingQueue<ServerCallStreamObserver<WatchEventsResponse>> watching = new ArrayBlockingQueue<>(100);

    @BeforeEach
    void scoringIsThere() {
        fakes.answer(ScopeServiceGrpc.getListScopesMethod(), ListScopesResponse.getDefaultInstance());
        fakes.stream(WATCH, (question, observer) -> watching.add(observer));
    }

    @Test
    void tellsChangesWithTheirSequenceAndGoesOnFromTheLastOne() throws IOException, InterruptedException {
        try (Listener listener = listen(tokens.of("viewer", "shop"), "?scope=namespace/prod/shop", "41")) {
            ServerCallStreamObserver<WatchEventsResponse> events = opened();
            events.onNext(event(42));
            events.onNext(event(43));
            assertThat(listener.until("id:42")).anyMatch(line -> line.startsWith("retry:"));
            assertThat(listener.until("id:43"))
                    .contains("event:stage-changed")
                    .anyMatch(line -> line.startsWith("data:{\"sequence\":42")
                            && line.contains("\"scope\":\"namespace/prod/shop\"")
                            && line.contains("\"gatesChanged\":[\"S3.base-app\"]"));
        }
        assertThat(fakes.asked(WATCH)).singleElement().satisfies(asked -> {
            WatchEventsRequest question = (WatchEventsRequest) asked.question();
            assertThat(question.getAfterSequence()).isEqualTo(41);
            assertThat(question.getScope().getNamespace()).isEqualTo("shop");
        });
    }

    @Test
    void aQuietStreamIsKeptOpenAndOneThatIsLeftIsEnded() throws IOException, InterruptedException {
        AtomicBoolean cancelled = new AtomicBoolean();
        fakes.stream(WATCH, (question, observer) -> {
            observer.setOnCancelHandler(() -> cancelled.set(true));
            watching.add(observer);
        });
        try (Listener listener = listen(tokens.of("admin"), "", "")) {
            opened();
            listener.until(":beat");
            listener.until(":beat");
        }
        Poll.until(cancelled::get);
    }

    @Test
    void whoLeavesIsNoFault() throws IOException, InterruptedException {
        // Given
        Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
        Infrastructure.setDroppedExceptionHandler(dropped::add);
        try {
            // When: the echo of one that left has come when the next ones have left too
            for (int i = 0; i < 10; i++) {
                CountDownLatch cancelled = new CountDownLatch(1);
                fakes.stream(WATCH, (question, observer) -> {
                    observer.setOnCancelHandler(cancelled::countDown);
                    watching.add(observer);
                });
                try (Listener listener = listen(tokens.of("admin"), "", "")) {
                    opened();
                    listener.until(":beat");
                }
                assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
            }
            // Then
            assertThat(dropped).isEmpty();
        } finally {
            Infrastructure.resetDroppedExceptionHandler();
        }
    }

    @Test
    void saysWhyItEnds() throws IOException, InterruptedException {
        try (Listener listener = listen(tokens.of("admin"), "", "")) {
            opened().onError(Status.UNAVAILABLE.asRuntimeException());
            listener.until("event:problem");
            assertThat(listener.until("")).anyMatch(line -> line.contains("urn:plimsoll:problem:service-away"));
            assertThat(listener.toTheEnd()).isTrue();
        }
    }

    @Test
    void endsWithItsToken() throws IOException, InterruptedException {
        try (Listener listener = listen(tokens.endingIn(2), "", "")) {
            opened();
            listener.until("event:problem");
            assertThat(listener.until("")).anyMatch(line -> line.contains("the token has expired"));
            assertThat(listener.toTheEnd()).isTrue();
        }
    }

    @Test
    void aClientThatReadsTooSlowlyIsEnded() throws IOException, InterruptedException {
        AtomicBoolean cancelled = new AtomicBoolean();
        fakes.stream(WATCH, (question, observer) -> {
            observer.setOnCancelHandler(() -> cancelled.set(true));
            watching.add(observer);
        });
        WatchEventsResponse large = event(1).toBuilder()
                .addAllGatesChanged(java.util.Collections.nCopies(20_000, "S3.base-app"))
                .build();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new java.net.InetSocketAddress(door.getHost(), door.getPort()));
            socket.getOutputStream().write(request(tokens.of("admin"), "", "").getBytes(UTF_8));
            ServerCallStreamObserver<WatchEventsResponse> events = opened();
            Poll.until(() -> {
                if (!cancelled.get() && events.isReady()) {
                    events.onNext(large);
                }
                return cancelled.get();
            });
        }
    }

    @Test
    void noMoreListenThanMay() throws IOException, InterruptedException {
        List<Listener> listeners = new ArrayList<>();
        try {
            String token = tokens.of("admin");
            for (int i = 0; i < 20; i++) {
                listeners.add(listen(token, "", ""));
                opened();
            }
            as("admin")
                    .get("/api/v1/events")
                    .then()
                    .statusCode(429)
                    .contentType("application/problem+json")
                    .body("limit", equalTo("20 clients"));
        } finally {
            for (Listener listener : listeners) {
                listener.close();
            }
        }
        // Who leaves makes room.
        Poll.until(() -> {
            try (Listener listener = listen(tokens.of("admin"), "", "")) {
                return listener.head().contains("200");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void aStreamThatCannotBeginIsAProblemLikeAllOthers() throws IOException, InterruptedException {
        as("admin")
                .header("Last-Event-ID", "yesterday")
                .get("/api/v1/events")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("place", equalTo("Last-Event-ID"));
        fakes.refuse(
                ScopeServiceGrpc.getListScopesMethod(),
                new ProblemException(Problem.FORBIDDEN, "sensors read nothing"));
        as("sensor").get("/api/v1/events").then().statusCode(403);
        fakes.kill("stage-scoring");
        try {
            as("admin").get("/api/v1/events").then().statusCode(503).body("place", equalTo("stage-scoring"));
        } finally {
            fakes.begin("stage-scoring");
        }
        fakes.answer(ScopeServiceGrpc.getListScopesMethod(), ListScopesResponse.getDefaultInstance());
        Poll.until(() -> as("admin").get("/api/v1/scopes").statusCode() == 200);
    }

    private ServerCallStreamObserver<WatchEventsResponse> opened() throws InterruptedException {
        ServerCallStreamObserver<WatchEventsResponse> observer = watching.poll(20, TimeUnit.SECONDS);
        assertThat(observer).as("scoring is watched").isNotNull();
        return java.util.Objects.requireNonNull(observer);
    }

    private static WatchEventsResponse event(long sequence) {
        return WatchEventsResponse.newBuilder()
                .setSequence(sequence)
                .setScope(ScopeRef.newBuilder()
                        .setKind(ScopeKind.SCOPE_KIND_NAMESPACE)
                        .setCluster("prod")
                        .setNamespace("shop"))
                .addGatesChanged("S3.base-app")
                .build();
    }

    private String request(String token, String query, String lastEventId) {
        return "GET /api/v1/events" + query
                + " HTTP/1.1\r\nHost: door\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token + "\r\n"
                + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
    }

    private Listener listen(String token, String query, String lastEventId) throws IOException {
        Socket socket = new Socket(door.getHost(), door.getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request(token, query, lastEventId).getBytes(UTF_8));
        return new Listener(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
    }

    /** A client on a bare socket; chunk sizes are lines of their own and disturb nobody. */
    private record Listener(Socket socket, BufferedReader lines) implements AutoCloseable {

        String head() throws IOException {
            return String.valueOf(lines.readLine());
        }

        /** The lines up to one that begins like this; blanks after the colon are left out. */
        List<String> until(String beginning) throws IOException {
            List<String> read = new ArrayList<>();
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("ended before " + beginning + ": " + read);
                }
                String plain = line.replaceFirst("^([a-z]*): ", "$1:");
                read.add(plain);
                if (beginning.isEmpty() ? read.size() > 1 && plain.isEmpty() : plain.startsWith(beginning)) {
                    return read;
                }
            }
        }

        /** Whether the stream is over: the last chunk, or the connection's end. */
        boolean toTheEnd() throws IOException {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.equals("0")) {
                    return true;
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
