package io.plimsoll.inventory.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.inventory.v1.BatchAccepted;
import io.plimsoll.api.inventory.v1.BatchEnd;
import io.plimsoll.api.inventory.v1.DigestPage;
import io.plimsoll.api.inventory.v1.DigestRequest;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.ObjectDigest;
import io.plimsoll.api.inventory.v1.ObjectsWanted;
import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.api.inventory.v1.SensorCoverage;
import io.plimsoll.api.inventory.v1.SensorHello;
import io.plimsoll.api.inventory.v1.SnapshotRequest;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.SyncResponse;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.wire.KernelCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a sensor as it comes in, message by message: the next is asked for when the one before is worked off. What is wrong ends the
 * stream by name; the sensor opens another one.
 */
final class SensorStream implements StreamObserver<SyncRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(SensorStream.class);
    private static final int CHANGES_MAX = 5_000;
    private static final long BYTES_MAX = 16L << 20;
    private static final int DENIED_MAX = 1_000;
    private static final int WORD_CHARS_MAX = 100;

    private final ServerCallStreamObserver<SyncResponse> answer;
    private final SensorFlow flow;
    private final String shown;
    private final Surroundings around;
    private final List<SensorChange> changes = new ArrayList<>();
    private final List<ObjectKey> wanted = new ArrayList<>();
    private List<ListDenied> unwatched = List.of();
    private SensorFlow.@Nullable Session session;
    private ObjectKey after = ObjectKey.LEAST;
    private long bytes;
    private int comparisons;
    private boolean ended;

    /**
     * What is told around a stream.
     *
     * @param accepted a batch with changes is committed
     * @param outcome of a batch: a word and how many changes were stale
     * @param refused cluster and problem, to be logged once
     * @param closed the stream has ended
     */
    record Surroundings(
            Runnable accepted,
            BiConsumer<String, Integer> outcome,
            BiConsumer<String, String> refused,
            Runnable closed) {}

    SensorStream(ServerCallStreamObserver<SyncResponse> answer, SensorFlow flow, String shown, Surroundings around) {
        this.answer = answer;
        this.flow = flow;
        this.shown = shown;
        this.around = around;
    }

    @Override
    public void onNext(SyncRequest message) {
        if (ended) {
            return;
        }
        try {
            take(message);
            answer.request(1);
        } catch (ProblemException e) {
            around.outcome().accept(e.problem().slug(), 0);
            around.refused()
                    .accept(
                            session == null ? "" : session.cluster(),
                            e.problem().slug() + ": " + e.getMessage());
            end();
            answer.onError(ProblemStatus.toGrpc(e));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a sensor's stream failed in a way nobody foresaw");
            around.outcome().accept(Problem.INTERNAL.slug(), 0);
            end();
            answer.onError(ProblemStatus.toGrpc(
                    new ProblemException(Problem.INTERNAL, "the message failed; nothing of it is kept")));
        }
    }

    private void take(SyncRequest message) {
        switch (message.getMessageCase()) {
            case HELLO -> hello(message.getHello());
            case CHANGE -> change(message.getChange());
            case BATCH_END -> batchEnd(message.getBatchEnd());
            case DIGEST_PAGE -> page(message.getDigestPage());
            case COVERAGE -> flow.coverage(open(), denied(message.getCoverage()));
            case MESSAGE_NOT_SET -> throw new ProblemException(Problem.MALFORMED, "a message that carries nothing");
        }
    }

    private SensorFlow.Session open() {
        SensorFlow.Session opened = session;
        if (opened == null) {
            throw new ProblemException(Problem.MALFORMED, "the first message must be a hello");
        }
        return opened;
    }

    private void hello(SensorHello hello) {
        if (session != null) {
            throw new ProblemException(Problem.MALFORMED, "a second hello");
        }
        String said = hello.getSensorVersion();
        String version = said.length() <= WORD_CHARS_MAX ? said : said.substring(0, WORD_CHARS_MAX);
        unwatched = Unwatched.of(hello, version);
        SensorFlow.Opened opened = flow.open(
                shown,
                hello.getCluster(),
                version,
                denied(SensorCoverage.newBuilder()
                        .addAllDenied(hello.getDeniedList())
                        .build()));
        session = opened.session();
        ask(opened.wish());
    }

    private byte[] denied(SensorCoverage coverage) {
        if (coverage.getDeniedCount() > DENIED_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, "more kinds that are not seen than there can be")
                    .over(DENIED_MAX + " kinds");
        }
        return coverage.toBuilder().addAllDenied(unwatched).build().toByteArray();
    }

    private void ask(SensorFlow.Wish wish) {
        switch (wish) {
            case NOTHING -> {
                // It goes on by itself.
            }
            case DIGESTS -> {
                after = ObjectKey.LEAST;
                wanted.clear();
                comparisons++;
                answer.onNext(SyncResponse.newBuilder()
                        .setDigestRequest(DigestRequest.newBuilder().setPageObjects(Comparison.PAGE_OBJECTS_MAX))
                        .build());
            }
            case SNAPSHOT ->
                answer.onNext(SyncResponse.newBuilder()
                        .setSnapshotRequest(SnapshotRequest.getDefaultInstance())
                        .build());
        }
    }

    private void change(ObservedChange change) {
        SensorFlow.Session opened = open();
        bytes += change.getJson().size();
        if (changes.size() >= CHANGES_MAX || bytes > BYTES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, "a batch that is larger than one may be")
                    .over(CHANGES_MAX + " changes, " + BYTES_MAX + " bytes");
        }
        changes.add(SensorCodec.change(change, opened.cluster()));
    }

    private void batchEnd(BatchEnd end) {
        SensorFlow.Session opened = open();
        SensorFlow.Accepted accepted = flow.apply(
                opened, changes, new SensorFlow.End(end.getComplete(), end.getRoundOver(), digest(end)), comparisons);
        changes.clear();
        bytes = 0;
        around.outcome().accept("accepted", accepted.stale());
        if (accepted.changed() > 0 || end.getComplete() || end.getRoundOver()) {
            around.accepted().run();
        }
        answer.onNext(SyncResponse.newBuilder()
                .setAccepted(BatchAccepted.newBuilder()
                        .setBatch(end.getBatch())
                        .setRevision(KernelCodec.toWire(accepted.revision())))
                .build());
        comparisons = accepted.wish() == SensorFlow.Wish.NOTHING
                        && !end.getViewDigest().isEmpty()
                ? 0
                : comparisons;
        ask(accepted.wish());
    }

    private static @Nullable SetDigest digest(BatchEnd end) {
        if (end.getViewDigest().isEmpty()) {
            return null;
        }
        if (end.getViewDigest().size() != SetDigest.BYTES) {
            throw new ProblemException(Problem.MALFORMED, "a digest has " + SetDigest.BYTES + " bytes");
        }
        return SetDigest.of(end.getViewDigest().toByteArray());
    }

    private void page(DigestPage page) {
        SensorFlow.Session opened = open();
        List<Comparison.Hashed> hashes = new ArrayList<>(page.getObjectsCount());
        for (ObjectDigest each : page.getObjectsList()) {
            hashes.add(new Comparison.Hashed(
                    SensorCodec.key(each.getIdentity(), opened.cluster()),
                    each.getContentHash().toByteArray()));
        }
        SensorFlow.Compared compared = flow.page(opened, after, hashes, page.getLast());
        wanted.addAll(compared.wanted());
        after = hashes.isEmpty() ? after : hashes.getLast().key();
        if (page.getLast()) {
            want(opened.cluster());
        }
    }

    private void want(String cluster) {
        int from = 0;
        do {
            int to = Math.min(wanted.size(), from + Comparison.PAGE_OBJECTS_MAX);
            ObjectsWanted.Builder some = ObjectsWanted.newBuilder().setLast(to == wanted.size());
            wanted.subList(from, to).forEach(key -> some.addIdentities(SensorCodec.identity(key, cluster)));
            answer.onNext(SyncResponse.newBuilder().setObjectsWanted(some).build());
            from = to;
        } while (from < wanted.size());
        wanted.clear();
    }

    @Override
    public void onError(Throwable cancelled) {
        end();
    }

    @Override
    public void onCompleted() {
        if (!ended) {
            end();
            answer.onCompleted();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        changes.clear();
        around.closed().run();
        SensorFlow.Session opened = session;
        if (opened != null) {
            try {
                flow.closed(opened);
            } catch (RuntimeException e) {
                // That it is silent is seen by the time at which it was heard.
                LOG.atDebug().setCause(e).log("the end of a stream was not written down");
            }
        }
    }
}
