package io.plimsoll.gateway.forward;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.plimsoll.gateway.upstream.Failures;
import io.plimsoll.gateway.upstream.Owners;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call between a caller and a service: messages as bytes, one at a time in each direction, so that whoever is slow slows the other
 * and nothing piles up here. All of it runs on one thread.
 */
final class ForwardedCall extends ServerCall.Listener<byte[]> {

    private final ServerCall<byte[], byte[]> inbound;
    private final Upstream upstream;
    private final Calls calls;
    private final Metadata passport;
    private final boolean unary;
    private final boolean onlyMessage;
    private @Nullable ClientCall<byte[], byte[]> outbound;
    private byte @Nullable [] question;
    private Duration within = Duration.ZERO;
    private @Nullable CallOptions options;
    private Runnable atEnd = () -> {};
    private boolean halfClosed;
    private boolean over;
    private boolean answering;
    private boolean callerWaits;
    private boolean serviceWaits;
    private boolean followed;

    /** Makes calls to the service. */
    interface Calls {
        /** @param owner the address of the replica to ask; empty for the configured one */
        ClientCall<byte[], byte[]> call(String owner, CallOptions options);
    }

    ForwardedCall(ServerCall<byte[], byte[]> inbound, Upstream upstream, Calls calls, Metadata passport) {
        this.inbound = inbound;
        this.upstream = upstream;
        this.calls = calls;
        this.passport = passport;
        MethodType type = inbound.getMethodDescriptor().getType();
        this.unary = type == MethodType.UNARY;
        this.onlyMessage = type.clientSendsOneMessage();
    }

    /** Where one message is all there is, the service is asked when it is here: its deadline is not spent on waiting for it. */
    void begin(Duration bound, Runnable whenOver) {
        if (over) {
            whenOver.run();
            return;
        }
        within = bound;
        atEnd = whenOver;
        if (!onlyMessage) {
            start("");
        }
        inbound.request(1);
    }

    void refuse(ProblemException problem) {
        StatusRuntimeException ended = ProblemStatus.toGrpc(problem);
        Metadata trailers = ended.getTrailers();
        end(ended.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private void start(String owner) {
        // One deadline for all replicas that are asked.
        CallOptions bounded = options == null
                ? CallOptions.DEFAULT.withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS)
                : options;
        options = bounded;
        ClientCall<byte[], byte[]> call = calls.call(owner, bounded);
        outbound = call;
        Metadata headers = new Metadata();
        headers.merge(passport);
        call.start(new Answer(), headers);
        call.request(1);
        byte[] again = question;
        if (again != null) {
            call.sendMessage(again);
        }
        if (halfClosed) {
            call.halfClose();
        }
    }

    @Override
    public void onMessage(byte[] message) {
        if (over) {
            return;
        }
        ClientCall<byte[], byte[]> call = outbound;
        if (onlyMessage && call != null) {
            refuse(new ProblemException(Problem.MALFORMED, "the call takes one message"));
            call.cancel("more than one message", null);
        } else if (onlyMessage) {
            question = message;
            start("");
            // The caller's end comes only with the next demand.
            inbound.request(1);
        } else if (call != null) {
            call.sendMessage(message);
            if (call.isReady()) {
                inbound.request(1);
            } else {
                callerWaits = true;
            }
        }
    }

    @Override
    public void onHalfClose() {
        halfClosed = true;
        if (over) {
            return;
        }
        if (outbound != null) {
            outbound.halfClose();
        } else if (onlyMessage) {
            refuse(new ProblemException(Problem.MALFORMED, "the call ended without a message"));
        }
    }

    @Override
    public void onCancel() {
        if (!over) {
            over = true;
            atEnd.run();
        }
        if (outbound != null) {
            outbound.cancel("the caller went away", null);
        }
    }

    @Override
    public void onReady() {
        if (serviceWaits && outbound != null && !over) {
            serviceWaits = false;
            outbound.request(1);
        }
    }

    private void end(Status status, Metadata trailers) {
        if (!over) {
            over = true;
            atEnd.run();
            inbound.close(status, trailers);
        }
    }

    /** What the service says. */
    private final class Answer extends ClientCall.Listener<byte[]> {

        @Override
        public void onMessage(byte[] message) {
            ClientCall<byte[], byte[]> call = outbound;
            if (over || call == null) {
                return;
            }
            if (!answering) {
                answering = true;
                inbound.sendHeaders(new Metadata());
            }
            inbound.sendMessage(message);
            if (inbound.isReady()) {
                call.request(1);
            } else {
                serviceWaits = true;
            }
        }

        @Override
        public void onReady() {
            if (callerWaits && !over) {
                callerWaits = false;
                inbound.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (over) {
                return;
            }
            if (status.isOk()) {
                end(Status.OK, new Metadata());
                return;
            }
            Optional<String> owner =
                    unary && !followed && !answering ? Owners.owner(status, trailers) : Optional.empty();
            if (owner.isPresent()) {
                followed = true;
                start(owner.get());
            } else if (Failures.isOwnWord(trailers)) {
                end(
                        Status.fromCode(status.getCode()).withDescription(status.getDescription()),
                        Failures.ownWords(trailers));
            } else if (!unary && onlyMessage && status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
                refuse(new ProblemException(Problem.UNAUTHENTICATED, "the token has expired, or the call's deadline"));
            } else {
                refuse(Failures.problem(upstream, status, trailers));
            }
        }
    }
}
