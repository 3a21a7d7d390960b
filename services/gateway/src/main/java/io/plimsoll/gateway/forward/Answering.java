package io.plimsoll.gateway.forward;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

/** The one answer of a call, or its failure. */
final class Answering<A> implements StreamObserver<A> {

    private final UniEmitter<? super A> emitter;
    private @Nullable A answer;

    Answering(UniEmitter<? super A> emitter) {
        this.emitter = emitter;
    }

    @Override
    public void onNext(A value) {
        answer = value;
    }

    @Override
    public void onError(Throwable failure) {
        emitter.fail(failure);
    }

    @Override
    public void onCompleted() {
        A given = answer;
        if (given == null) {
            emitter.fail(Status.INTERNAL.withDescription("no answer came").asRuntimeException());
        } else {
            emitter.complete(given);
        }
    }
}
