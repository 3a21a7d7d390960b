package io.plimsoll.inventory.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.inventory.ingest.Spool;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One upload as it comes in, message by message: the next is asked for when the one before is on disk. */
final class UploadObserver implements StreamObserver<UploadManifestsRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(UploadObserver.class);

    private final ServerCallStreamObserver<UploadManifestsResponse> answer;
    private final Supplier<Spool> spools;
    private final BiFunction<UploadOrder, Spool, UploadOutcome> upload;
    private @Nullable UploadOrder order;
    private @Nullable Spool spool;
    private boolean ended;

    /** @param upload called once, when all of it is there */
    UploadObserver(
            ServerCallStreamObserver<UploadManifestsResponse> answer,
            Supplier<Spool> spools,
            BiFunction<UploadOrder, Spool, UploadOutcome> upload) {
        this.answer = answer;
        this.spools = spools;
        this.upload = upload;
    }

    @Override
    public void onNext(UploadManifestsRequest message) {
        if (ended) {
            return;
        }
        try {
            take(message);
            answer.request(1);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void take(UploadManifestsRequest message) {
        switch (message.getPartCase()) {
            case HEADER -> {
                if (order != null) {
                    throw new ProblemException(Problem.MALFORMED, "a second header");
                }
                order = order(message.getHeader());
                spool = spools.get();
            }
            case CHUNK -> {
                Spool open = spool;
                if (open == null) {
                    throw new ProblemException(Problem.MALFORMED, "the first message must be a header");
                }
                open.add(
                        message.getChunk().getFile(),
                        message.getChunk().getContent().toByteArray());
            }
            case PART_NOT_SET -> throw new ProblemException(Problem.MALFORMED, "a message that carries nothing");
        }
    }

    private static UploadOrder order(UploadHeader header) {
        return new UploadOrder(
                header.getCluster(),
                header.getSource(),
                header.getNamespace(),
                header.getIdempotencyKey(),
                UploadOrder.expected(header.getExpectedRevision()),
                header.getRegister());
    }

    @Override
    public void onError(Throwable cancelled) {
        release();
    }

    @Override
    public void onCompleted() {
        if (ended) {
            return;
        }
        try {
            UploadOrder wanted = order;
            Spool all = spool;
            if (wanted == null || all == null) {
                throw new ProblemException(Problem.MALFORMED, "the first message must be a header");
            }
            UploadManifestsResponse response = ClusterCodec.toWire(upload.apply(wanted, all));
            release();
            answer.onNext(response);
            answer.onCompleted();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException fault) {
        release();
        if (fault instanceof ProblemException problem) {
            answer.onError(ProblemStatus.toGrpc(problem));
        } else {
            LOG.atError().setCause(fault).log("an upload failed in a way nobody foresaw");
            answer.onError(ProblemStatus.toGrpc(
                    new ProblemException(Problem.INTERNAL, "the upload failed; nothing of it is kept")));
        }
    }

    private void release() {
        ended = true;
        Spool open = spool;
        spool = null;
        if (open != null) {
            open.close();
        }
    }
}
