package io.plimsoll.inventory;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.inventory.v1.BatchEnd;
import io.plimsoll.api.inventory.v1.SensorHello;
import io.plimsoll.api.inventory.v1.SensorServiceGrpc;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.SyncResponse;
import io.plimsoll.sensing.kind.WantedKinds;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sensor's end of a stream, word for word. */
final class Talk implements StreamObserver<SyncResponse> {

    private final BlockingQueue<SyncResponse> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<SyncRequest> out;
    private final String cluster;

    Talk(Channel channel, String secret, String cluster) {
        Metadata headers = new Metadata();
        if (!secret.isEmpty()) {
            headers.put(Metadata.Key.of("plimsoll-sensor", Metadata.ASCII_STRING_MARSHALLER), secret);
        }
        this.cluster = cluster;
        this.out = SensorServiceGrpc.newStub(
                        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)))
                .sync(this);
    }

    void say(SyncRequest message) {
        out.onNext(message);
    }

    void hello() {
        hello(WantedKinds.words());
    }

    /** As a version says hello that looks at these kinds. */
    void hello(Collection<String> watched) {
        say(SyncRequest.newBuilder()
                .setHello(SensorHello.newBuilder()
                        .setCluster(cluster)
                        .setSensorVersion("1")
                        .addAllWatched(watched))
                .build());
    }

    void change(Sighting sighting) {
        say(SyncRequest.newBuilder().setChange(Sensed.wire(cluster, sighting)).build());
    }

    void complete(long batch, SetDigest digest) {
        say(SyncRequest.newBuilder()
                .setBatchEnd(BatchEnd.newBuilder()
                        .setBatch(batch)
                        .setComplete(true)
                        .setRoundOver(true)
                        .setViewDigest(com.google.protobuf.ByteString.copyFrom(digest.bytes())))
                .build());
    }

    SyncResponse next() throws InterruptedException {
        SyncResponse answer = answers.poll(30, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer; the stream ended with " + end.getNow(Status.OK));
        }
        return answer;
    }

    /** How the stream ends. */
    Status end() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }

    void close() {
        out.onCompleted();
    }

    @Override
    public void onNext(SyncResponse answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
