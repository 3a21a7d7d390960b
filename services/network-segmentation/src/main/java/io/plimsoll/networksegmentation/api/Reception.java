package io.plimsoll.networksegmentation.api;

import io.grpc.stub.StreamObserver;
import io.plimsoll.analyser.AnalyserRuntime;
import io.plimsoll.analyser.OwnerStatus;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.networksegmentation.flow.SeenClusters;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Where every question comes in: who asks, whether this replica answers for the cluster, and whether it is theirs to see. */
@Singleton
class Reception {

    private final AnalyserRuntime runtime;
    private final Callers callers;
    private final SeenClusters clusters;

    Reception(AnalyserRuntime runtime, Callers callers, SeenClusters clusters) {
        this.runtime = runtime;
        this.callers = callers;
        this.clusters = clusters;
    }

    /** @throws ProblemException of {@link Problem#NOT_FOUND} for a cluster of which nothing is theirs to see */
    Asked asked(String cluster) {
        Caller caller = callers.caller();
        if (cluster.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, "a cluster is needed").at("cluster");
        }
        SeenCluster seen = clusters.of(OwnerStatus.snapshot(cluster, runtime::ask));
        if (!seen.isSeenBy(caller)) {
            throw OwnerStatus.unknown(cluster);
        }
        return new Asked(caller, seen);
    }

    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        observer.onNext(work.get());
        observer.onCompleted();
    }
}
