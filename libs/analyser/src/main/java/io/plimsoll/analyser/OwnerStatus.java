package io.plimsoll.analyser;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.kernel.v1.Replaying;
import io.plimsoll.messaging.analyser.Answer;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.messaging.lease.StoreDown;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a replica says of a cluster it cannot answer for: FAILED_PRECONDITION with {@code NotOwner}, UNAVAILABLE with {@code Replaying}, as
 * details of the status; NOT_FOUND for a cluster nobody has heard of.
 */
public final class OwnerStatus {

    private OwnerStatus() {}

    /**
     * The cluster's state, where this replica is its owner.
     *
     * @param ask see {@link AnalyserRuntime#ask}
     * @throws StatusRuntimeException where another replica is, or this one is still reading
     * @throws ProblemException where the cluster is not known, or the database would have to be asked and is away
     */
    public static Snapshot snapshot(String cluster, Function<String, Answer> ask) {
        Answer answer;
        try {
            answer = ask.apply(cluster);
        } catch (StoreDown e) {
            throw new ProblemException(Problem.STORE_AWAY, "who owns the cluster cannot be read", e)
                    .retryAfter(Duration.ofSeconds(2));
        }
        return switch (answer) {
            case Answer.Here here -> here.snapshot();
            case Answer.Elsewhere elsewhere -> throw notOwner(cluster, elsewhere);
            case Answer.Replaying replaying -> throw replaying(cluster, replaying.askAgainAfter());
            case Answer.Unknown unknown -> throw unknown(cluster);
        };
    }

    /** As of a cluster that is not the caller's to see: the two are told apart by nobody. */
    public static ProblemException unknown(String cluster) {
        return new ProblemException(Problem.NOT_FOUND, "no cluster " + cluster + " in the caller's scope");
    }

    private static StatusRuntimeException notOwner(String cluster, Answer.Elsewhere elsewhere) {
        NotOwner.Builder detail = NotOwner.newBuilder().setCluster(cluster);
        elsewhere.owner().ifPresent(lease -> {
            detail.setOwnerAddress(lease.address()).setLeaseGeneration(lease.generation());
            lease.expires()
                    .ifPresent(end -> detail.setLeaseExpires(Timestamp.newBuilder()
                            .setSeconds(end.getEpochSecond())
                            .setNanos(end.getNano())));
        });
        String owner = elsewhere
                .owner()
                .map(lease -> "ask " + lease.address())
                .orElse("nobody does for the moment, ask again");
        return status(
                new ProblemException(Problem.NOT_OWNER, "another process answers for this cluster: " + owner),
                Any.pack(detail.build()));
    }

    private static StatusRuntimeException replaying(String cluster, Duration askAgainAfter) {
        Replaying detail = Replaying.newBuilder()
                .setCluster(cluster)
                .setRetryAfterMillis((int) askAgainAfter.toMillis())
                .build();
        return status(
                new ProblemException(Problem.REPLAYING, "the cluster is still being read").retryAfter(askAgainAfter),
                Any.pack(detail));
    }

    private static StatusRuntimeException status(ProblemException problem, Any detail) {
        Metadata trailers = new Metadata();
        ProblemStatus.fill(trailers, problem);
        Status status = Status.newBuilder()
                .setCode(problem.problem().grpc().value())
                .setMessage(problem.detail())
                .addDetails(detail)
                .build();
        return StatusProto.toStatusRuntimeException(status, trailers);
    }
}
