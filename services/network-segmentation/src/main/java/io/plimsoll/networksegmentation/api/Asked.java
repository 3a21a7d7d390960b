package io.plimsoll.networksegmentation.api;

import io.plimsoll.analyser.OwnerStatus;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.identity.Caller;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.flow.Rows;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.Version;
import java.util.Optional;

/** Who asks, and of which cluster: something of it is theirs to see. */
record Asked(Caller caller, SeenCluster cluster) {

    Version revision() {
        return cluster.snapshot().revision();
    }

    io.plimsoll.api.kernel.v1.Revision wireRevision() {
        return io.plimsoll.wire.KernelCodec.toWire(revision());
    }

    /**
     * The same, where all of the cluster is theirs to see.
     *
     * @throws ProblemException of {@link Problem#NOT_FOUND}, as of any scope that holds what is another team's
     */
    Asked whole() {
        if (!cluster.isWhollySeenBy(caller)) {
            throw OwnerStatus.unknown(cluster.snapshot().cluster());
        }
        return this;
    }

    /**
     * A workload of the cluster that is the caller's to see.
     *
     * @param field of the request, for the problem
     */
    ResourceId workload(SubjectRef wire, String field) {
        SubjectId id = ConnectionCodec.workload(wire, cluster.snapshot().cluster(), field);
        return cluster.workload(id)
                .filter(workload -> cluster.isSeenBy(caller, workload))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no workload " + id));
    }

    /**
     * All that was asked but the page. Two callers who see different things never share a token.
     *
     * @param request without its page
     */
    String question(Object... request) {
        return PageToken.question(PageToken.question(request), SeenCluster.view(caller));
    }

    Rows.Position from(String token, String question) {
        PageToken read = PageToken.read(token, question).at(revision().toString());
        return new Rows.Position(read.index(0), read.index(1));
    }

    /** Empty on the last page. */
    String next(String question, Optional<Rows.Position> next) {
        return next.map(at -> PageToken.of(question, revision().toString(), at.part(), at.skip()))
                .orElse("");
    }
}
