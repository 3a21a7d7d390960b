package io.plimsoll.gateway.upstream;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.kernel.v1.Replaying;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.plimsoll.telemetry.LogKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the failure of a call means to the caller. A service's own word stands; what the transport says is put in ours. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Metadata.Key<String> PROBLEM =
            Metadata.Key.of("plimsoll-problem", Metadata.ASCII_STRING_MARSHALLER);

    /** What crosses of a service's trailers: its word, place, bound and pause, and the details of the contract. */
    private static final Set<String> OWN = Set.of(
            "plimsoll-problem",
            "plimsoll-place",
            "plimsoll-limit",
            "plimsoll-retry-after-millis",
            "grpc-status-details-bin");

    private Failures() {}

    /** Whether it was the service itself that refused, and not the way to it. */
    public static boolean isOwnWord(Metadata trailers) {
        return trailers.keys().stream().anyMatch(OWN::contains);
    }

    public static Metadata ownWords(Metadata trailers) {
        Metadata own = new Metadata();
        own.merge(trailers);
        for (String key : trailers.keys()) {
            if (!OWN.contains(key)) {
                own.removeAll(key(key));
            }
        }
        return own;
    }

    private static Metadata.Key<?> key(String name) {
        return name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                ? Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER)
                : Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** Whatever a stream or a forwarded call ended with. */
    public static ProblemException of(Upstream upstream, Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case StatusRuntimeException e -> problem(upstream, e.getStatus(), e.getTrailers());
            default -> new ProblemException(Problem.INTERNAL, upstream.slug() + " failed; its log says how", failure);
        };
    }

    /** @param upstream that was asked */
    public static ProblemException problem(Upstream upstream, Status status, @Nullable Metadata trailers) {
        if (trailers != null) {
            Optional<ProblemException> detailed = detailed(upstream, status, trailers);
            if (detailed.isPresent()) {
                return detailed.get();
            }
            if (trailers.containsKey(PROBLEM)) {
                return ProblemStatus.fromGrpc(new StatusRuntimeException(status, trailers));
            }
        }
        return switch (status.getCode()) {
            case UNAVAILABLE, CANCELLED -> away(upstream, upstream.slug() + " cannot be reached", status);
            case DEADLINE_EXCEEDED -> away(upstream, upstream.slug() + " did not answer in time", status);
            // The text may tell of the inside; the service's log has it.
            case UNKNOWN, INTERNAL, DATA_LOSS ->
                new ProblemException(
                        Problem.INTERNAL, upstream.slug() + " failed; its log says how", status.asRuntimeException());
            case UNIMPLEMENTED ->
                new ProblemException(Problem.NOT_OFFERED, upstream.slug() + " does not offer this yet");
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNAUTHENTICATED -> ProblemStatus.fromGrpc(new StatusRuntimeException(status, trailers));
        };
    }

    private static ProblemException away(Upstream upstream, String detail, Status status) {
        // The answer's own line says what the caller is told; this one says what the transport saw.
        LOG.atDebug()
                .addKeyValue("service", upstream.slug())
                .addKeyValue(LogKey.REASON, status.getCode() + " " + status.getDescription())
                .setCause(status.getCause())
                .log("a service cannot be reached");
        return new ProblemException(Problem.SERVICE_AWAY, detail, status.asRuntimeException())
                .at(upstream.slug())
                .retryAfter(AWAY);
    }

    private static Optional<ProblemException> detailed(Upstream upstream, Status status, Metadata trailers) {
        try {
            for (Any detail :
                    StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList()) {
                if (detail.is(Replaying.class)) {
                    Replaying replaying = detail.unpack(Replaying.class);
                    return Optional.of(new ProblemException(
                                    Problem.REPLAYING,
                                    upstream.slug() + " is still reading cluster " + replaying.getCluster())
                            .at(upstream.slug())
                            .retryAfter(Duration.ofMillis(Integer.toUnsignedLong(replaying.getRetryAfterMillis()))));
                }
                if (detail.is(NotOwner.class)) {
                    return Optional.of(new ProblemException(
                                    Problem.NOT_OWNER,
                                    "cluster " + detail.unpack(NotOwner.class).getCluster()
                                            + " is changing hands between replicas of " + upstream.slug())
                            .at(upstream.slug())
                            .retryAfter(AWAY));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            // A detail that cannot be read says nothing; the status still does.
        }
        return Optional.empty();
    }
}
