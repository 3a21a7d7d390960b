package io.plimsoll.sensor.uplink;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.SyncResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open stream: sends no faster than the other end reads, and waits for what it says. Sending and receiving from one thread. */
final class Stream implements ClientResponseObserver<SyncRequest, SyncResponse>, AutoCloseable {

    private static final Duration SEND_WITHIN = Duration.ofSeconds(120);
    /** Answers that wait; the other end never sends as many unasked. */
    private static final int ANSWERS_MAX = 1_000;

    private final BlockingQueue<SyncResponse> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);
    private final Object ready = new Object();
    private volatile @Nullable ClientCallStreamObserver<SyncRequest> call;
    private volatile @Nullable CentreAway ended;

    @Override
    public void beforeStart(ClientCallStreamObserver<SyncRequest> begun) {
        call = begun;
        begun.setOnReadyHandler(this::wake);
    }

    private void wake() {
        synchronized (ready) {
            ready.notifyAll();
        }
    }

    @Override
    public void onNext(SyncResponse answer) {
        if (!answers.offer(answer)) {
            end(new CentreAway("inventory says more than was asked", false));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(away(failure));
    }

    @Override
    public void onCompleted() {
        end(new CentreAway("inventory ended the stream", false));
    }

    private void end(CentreAway why) {
        ended = ended == null ? why : ended;
        wake();
    }

    static CentreAway away(Throwable failure) {
        Status status =
                switch (failure) {
                    case StatusRuntimeException e -> e.getStatus();
                    case StatusException e -> e.getStatus();
                    default -> Status.fromThrowable(failure);
                };
        boolean refused =
                switch (status.getCode()) {
                    case UNAUTHENTICATED,
                            PERMISSION_DENIED,
                            NOT_FOUND,
                            INVALID_ARGUMENT,
                            RESOURCE_EXHAUSTED,
                            ALREADY_EXISTS -> true;
                    default -> false;
                };
        String text = status.getDescription() == null ? "" : ": " + status.getDescription();
        return new CentreAway(status.getCode() + text, refused);
    }

    /** Sends when the other end is ready for it. */
    void send(SyncRequest message) throws CentreAway, InterruptedException {
        ClientCallStreamObserver<SyncRequest> open = call;
        if (open == null) {
            throw new CentreAway("the stream was not opened", false);
        }
        long end = System.nanoTime() + SEND_WITHIN.toNanos();
        synchronized (ready) {
            while (!open.isReady()) {
                check();
                if (System.nanoTime() > end) {
                    throw new CentreAway("inventory did not read for " + SEND_WITHIN.toSeconds() + " s", false);
                }
                ready.wait(500);
            }
        }
        check();
        open.onNext(message);
    }

    private void check() throws CentreAway {
        CentreAway why = ended;
        if (why != null) {
            throw new CentreAway(String.valueOf(why.getMessage()), why.isRefused());
        }
    }

    /** What inventory said next; null when it said nothing for so long. */
    @Nullable
    SyncResponse poll(Duration most) throws CentreAway, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            SyncResponse answer = answers.poll();
            if (answer != null) {
                return answer;
            }
            check();
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            answer = answers.poll(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
            if (answer != null) {
                return answer;
            }
        }
    }

    @Override
    public void close() {
        ClientCallStreamObserver<SyncRequest> open = call;
        if (open != null) {
            open.cancel("closed", null);
        }
    }

    /** The credential, as metadata. */
    static Metadata credential(String secret) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("plimsoll-sensor", Metadata.ASCII_STRING_MARSHALLER), secret);
        return headers;
    }
}
