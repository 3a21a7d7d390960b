package io.plimsoll.sensor;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.inventory.v1.BatchAccepted;
import io.plimsoll.api.inventory.v1.BatchEnd;
import io.plimsoll.api.inventory.v1.DigestPage;
import io.plimsoll.api.inventory.v1.DigestRequest;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.ObjectsWanted;
import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.api.inventory.v1.SensorServiceGrpc;
import io.plimsoll.api.inventory.v1.SnapshotRequest;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.SyncResponse;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.resync.Comparison;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The other end, as the contract says: holds what it is told, asks for what it lacks. */
final class FakeCentre extends SensorServiceGrpc.SensorServiceImplBase implements AutoCloseable {

    private final TreeMap<ObjectKey, ByteString> held = new TreeMap<>();
    private final List<ObjectKey> told = new ArrayList<>();
    private Server server;
    private final int port;
    private final int pageObjects;
    private @Nullable StreamObserver<SyncResponse> open;
    private List<ListDenied> denied = List.of();
    private boolean agreed;
    private int pages;
    private int streams;
    private String shown = "";

    FakeCentre() {
        this(7);
    }

    /** @param pageObjects hashes of a page */
    FakeCentre(int pageObjects) {
        this.pageObjects = pageObjects;
        try {
            server = begin(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        port = server.getPort();
    }

    private Server begin(int at) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), at))
                .addService(ServerInterceptors.intercept(this, new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        shown = String.valueOf(
                                headers.get(Metadata.Key.of("plimsoll-sensor", Metadata.ASCII_STRING_MARSHALLER)));
                        return next.startCall(call, headers);
                    }
                }))
                .build()
                .start();
    }

    int port() {
        return port;
    }

    /** Goes away; what it holds stays. */
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination();
    }

    void comeBack() throws IOException {
        synchronized (this) {
            agreed = false;
            pages = 0;
            told.clear();
        }
        server = begin(port);
    }

    /** Ends the present stream. */
    synchronized void drop() {
        StreamObserver<SyncResponse> stream = open;
        if (stream != null) {
            open = null;
            agreed = false;
            stream.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    synchronized SortedMap<ObjectKey, ByteString> held() {
        return new TreeMap<>(held);
    }

    /** State of an object as it was told; empty where none is held. */
    synchronized String text(ObjectKey key) {
        ByteString json = held.get(key);
        return json == null ? "" : json.toStringUtf8();
    }

    /** What was told since it last came back. */
    synchronized List<ObjectKey> told() {
        return List.copyOf(told);
    }

    synchronized List<ListDenied> denied() {
        return denied;
    }

    /** Whether the newest digest was that of what is held. */
    synchronized boolean agrees() {
        return agreed;
    }

    synchronized int pages() {
        return pages;
    }

    synchronized int streams() {
        return streams;
    }

    synchronized String shown() {
        return shown;
    }

    private SetDigest digest() {
        SetDigest digest = SetDigest.EMPTY;
        for (var each : held.entrySet()) {
            digest = digest.with(each.getKey(), Canonical.sha256(each.getValue().toByteArray()));
        }
        return digest;
    }

    @Override
    public StreamObserver<SyncRequest> sync(StreamObserver<SyncResponse> answer) {
        return new StreamObserver<>() {
            private final List<ObservedChange> batch = new ArrayList<>();
            private final List<ObjectKey> wanted = new ArrayList<>();
            private final List<ObjectKey> seen = new ArrayList<>();
            private ObjectKey after = ObjectKey.LEAST;
            private boolean snapshot;

            @Override
            public void onNext(SyncRequest message) {
                synchronized (FakeCentre.this) {
                    take(message);
                }
            }

            private void take(SyncRequest message) {
                switch (message.getMessageCase()) {
                    case HELLO -> {
                        open = answer;
                        streams++;
                        denied = message.getHello().getDeniedList();
                        snapshot = held.isEmpty();
                        ask();
                    }
                    case CHANGE -> batch.add(message.getChange());
                    case COVERAGE -> denied = message.getCoverage().getDeniedList();
                    case DIGEST_PAGE -> page(message.getDigestPage());
                    case BATCH_END -> end(message.getBatchEnd());
                    case MESSAGE_NOT_SET -> throw new AssertionError("nothing in it");
                }
            }

            private void ask() {
                after = ObjectKey.LEAST;
                wanted.clear();
                answer.onNext(
                        snapshot
                                ? SyncResponse.newBuilder()
                                        .setSnapshotRequest(SnapshotRequest.getDefaultInstance())
                                        .build()
                                : SyncResponse.newBuilder()
                                        .setDigestRequest(
                                                DigestRequest.newBuilder().setPageObjects(pageObjects))
                                        .build());
            }

            private void page(DigestPage page) {
                pages++;
                List<Comparison.Hashed> hashes = page.getObjectsList().stream()
                        .map(each -> new Comparison.Hashed(
                                key(each.getIdentity()), each.getContentHash().toByteArray()))
                        .toList();
                Comparison.check(after, hashes);
                SortedMap<ObjectKey, ByteString> stretch = page.getLast()
                        ? held.tailMap(after, false)
                        : held.subMap(after, false, hashes.getLast().key(), true);
                List<Comparison.Hashed> mine = new ArrayList<>();
                stretch.forEach(
                        (key, json) -> mine.add(new Comparison.Hashed(key, Canonical.sha256(json.toByteArray()))));
                Comparison compared = Comparison.of(hashes, mine, key -> false);
                compared.gone().forEach(held::remove);
                wanted.addAll(compared.wanted());
                after = hashes.isEmpty() ? after : hashes.getLast().key();
                if (page.getLast()) {
                    ObjectsWanted.Builder all = ObjectsWanted.newBuilder().setLast(true);
                    wanted.forEach(key -> all.addIdentities(ResourceIdentity.newBuilder()
                            .setCluster("prod")
                            .setGroup(key.group())
                            .setKind(key.kind())
                            .setNamespace(key.namespace())
                            .setName(key.name())));
                    answer.onNext(
                            SyncResponse.newBuilder().setObjectsWanted(all).build());
                }
            }

            private void end(BatchEnd end) {
                for (ObservedChange change : batch) {
                    ObjectKey key = key(change.getIdentity());
                    told.add(key);
                    seen.add(key);
                    if (change.getJson().isEmpty()) {
                        held.remove(key);
                    } else {
                        held.put(key, change.getJson());
                    }
                }
                batch.clear();
                if (end.getComplete()) {
                    held.keySet().retainAll(seen);
                    snapshot = false;
                }
                answer.onNext(SyncResponse.newBuilder()
                        .setAccepted(BatchAccepted.newBuilder().setBatch(end.getBatch()))
                        .build());
                if (!end.getViewDigest().isEmpty()) {
                    agreed = SetDigest.of(end.getViewDigest().toByteArray()).equals(digest());
                    if (!agreed) {
                        ask();
                    }
                }
            }

            private static ObjectKey key(ResourceIdentity identity) {
                return new ObjectKey(
                        identity.getGroup(), identity.getKind(), identity.getNamespace(), identity.getName());
            }

            @Override
            public void onError(Throwable cancelled) {
                // The stream is gone.
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
