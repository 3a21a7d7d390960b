package io.plimsoll.gateway.upstream;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Stage changes as they come from scoring. Our own bridge from calls to streams, so that who leaves ends the call. */
@ApplicationScoped
public class Watching {

    private final Questions questions;

    Watching(Questions questions) {
        this.questions = questions;
    }

    /**
     * In the name of the present caller, from the moment of subscription; one subscriber.
     *
     * @param keptMax changes kept for a subscriber that is slow; one more fails the stream
     */
    public Multi<WatchEventsResponse> changes(WatchEventsRequest request, int keptMax) {
        StageServiceGrpc.StageServiceStub stages = StageServiceGrpc.newStub(questions.channel(Upstream.STAGE_SCORING));
        return Multi.createFrom()
                .<WatchEventsResponse>emitter(
                        emitter -> stages.watchEvents(request, new Bridge(emitter)), BackPressureStrategy.ERROR)
                .onOverflow()
                .buffer(keptMax);
    }

    private static final class Bridge implements ClientResponseObserver<WatchEventsRequest, WatchEventsResponse> {

        private final MultiEmitter<? super WatchEventsResponse> emitter;

        /** Set by whichever thread ends the stream: what the call says afterwards is only the echo of its own end. */
        private volatile boolean over;

        Bridge(MultiEmitter<? super WatchEventsResponse> emitter) {
            this.emitter = emitter;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchEventsRequest> call) {
            emitter.onTermination(() -> {
                over = true;
                call.cancel("nobody listens any more", null);
            });
        }

        @Override
        public void onNext(WatchEventsResponse change) {
            emitter.emit(change);
        }

        @Override
        public void onError(@Nullable Throwable failure) {
            if (!over) {
                emitter.fail(failure);
            }
        }

        @Override
        public void onCompleted() {
            emitter.complete();
        }
    }
}
