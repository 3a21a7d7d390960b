package io.plimsoll.sensor.uplink;

import com.google.protobuf.ByteString;
import io.plimsoll.api.inventory.v1.BatchEnd;
import io.plimsoll.api.inventory.v1.BatchRefused;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.SyncResponse;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.sensing.view.Batch;
import io.plimsoll.sensing.view.Change;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.SensorConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One stream from its hello to its end. Inventory asks first, for hashes or for everything; then what differs is told, and from then on what
 * changes, one batch at a time, each until it is committed.
 */
final class Conversation {

    private static final Duration LOOK = Duration.ofMillis(100);

    /**
     * What is told, and from where.
     *
     * @param settled whether no list is waited for
     * @param denied what is not seen at present
     */
    record Side(
            SensorConfig config,
            ClusterView view,
            Bodies bodies,
            Messages messages,
            BooleanSupplier settled,
            Supplier<List<ListDenied>> denied,
            Progress progress) {}

    private final Side side;
    private final ClusterView view;
    private final Stream stream;
    private long batches;
    private boolean snapshot;
    private boolean round;
    private List<ListDenied> toldDenied;
    private long spoke;

    Conversation(Side side, Stream stream) {
        this.side = side;
        this.view = side.view();
        this.stream = stream;
        this.toldDenied = side.denied().get();
    }

    /** Goes on until the stream ends. */
    void hold(String version) throws IOException, InterruptedException {
        stream.send(side.messages().hello(version, toldDenied));
        while (true) {
            boolean tells = (snapshot || round) && view.figures().waiting() > 0;
            SyncResponse answer = stream.poll(tells ? Duration.ZERO : LOOK);
            if (answer != null) {
                asked(answer);
            } else if (snapshot || round) {
                side.progress().connected();
                step();
            }
        }
    }

    private void asked(SyncResponse answer) throws IOException, InterruptedException {
        switch (answer.getMessageCase()) {
            case DIGEST_REQUEST -> compare(answer.getDigestRequest().getPageObjects());
            case SNAPSHOT_REQUEST -> {
                view.tellAll();
                snapshot = true;
                side.progress().telling(true);
            }
            case ACCEPTED, REFUSED, OBJECTS_WANTED, MESSAGE_NOT_SET -> {
                // Of something that is over.
            }
        }
    }

    private void compare(int pageObjects) throws IOException, InterruptedException {
        while (!side.settled().getAsBoolean()) {
            if (stream.poll(LOOK) != null) {
                throw new CentreAway("inventory asked twice", false);
            }
        }
        tellDenied();
        long upTo = view.stamp();
        int size = Math.clamp(pageObjects, 1, Comparison.PAGE_OBJECTS_MAX);
        ObjectKey after = ObjectKey.LEAST;
        List<Comparison.Hashed> page;
        do {
            page = view.page(after, size);
            after = page.isEmpty() ? after : page.getLast().key();
            stream.send(side.messages().page(page, page.size() < size));
        } while (page.size() == size);
        view.settle(upTo, wanted());
        round = true;
        snapshot = false;
        spoke = 0;
        side.progress().telling(false);
    }

    private List<ObjectKey> wanted() throws IOException, InterruptedException {
        List<ObjectKey> wanted = new ArrayList<>();
        while (true) {
            SyncResponse answer = stream.poll(side.config().acceptWithin());
            if (answer == null) {
                throw new CentreAway("inventory does not say what differs", false);
            }
            if (answer.getMessageCase() == SyncResponse.MessageCase.OBJECTS_WANTED) {
                answer.getObjectsWanted().getIdentitiesList().forEach(each -> wanted.add(Messages.key(each)));
                if (answer.getObjectsWanted().getLast()) {
                    return wanted;
                }
            }
        }
    }

    private void tellDenied() throws IOException, InterruptedException {
        List<ListDenied> now = side.denied().get();
        if (!now.equals(toldDenied)) {
            stream.send(side.messages().coverage(now));
            toldDenied = now;
        }
    }

    /** Tells a piece of what waits; where nothing does, from time to time that it is there. */
    private void step() throws IOException, InterruptedException {
        tellDenied();
        int waiting = view.figures().waiting();
        if (waiting > 0 && waiting < side.config().batchObjectsMax() && !snapshot) {
            Thread.sleep(side.config().gather().toMillis());
        }
        Batch batch = tell();
        if (batch.changes().isEmpty() && !batch.toFetch().isEmpty()) {
            side.bodies().fetch(batch.toFetch(), this::tellFetched);
        } else if (batch.changes().isEmpty() && isDue()) {
            send(batch);
        }
    }

    /** Of a snapshot, and of a comparison, the end is told at once; else a heartbeat is. */
    private boolean isDue() {
        boolean ends = snapshot ? side.settled().getAsBoolean() : spoke == 0;
        return ends
                || !snapshot
                        && System.nanoTime() - spoke
                                >= side.config().heartbeat().toNanos();
    }

    private void tellFetched() throws IOException, InterruptedException {
        while (!tell().changes().isEmpty()) {
            // More fits into another batch.
        }
    }

    private Batch tell() throws IOException, InterruptedException {
        Batch batch = view.next(side.config().batchObjectsMax(), side.config().batchBytesMax());
        if (batch.changes().isEmpty()) {
            view.accepted();
        } else {
            send(batch);
        }
        return batch;
    }

    private void send(Batch batch) throws IOException, InterruptedException {
        boolean drained = batch.all() && batch.toFetch().isEmpty();
        boolean complete = snapshot && drained && side.settled().getAsBoolean();
        BatchEnd.Builder end = BatchEnd.newBuilder()
                .setBatch(++batches)
                .setComplete(complete)
                .setRoundOver(drained && (complete || !snapshot));
        if (drained && (complete || !snapshot)) {
            end.setViewDigest(ByteString.copyFrom(batch.digest().bytes()));
        }
        if (complete) {
            tellDenied();
        }
        for (Change change : batch.changes()) {
            stream.send(side.messages().change(change));
        }
        stream.send(side.messages().batchEnd(end));
        await(batch);
        if (complete) {
            snapshot = false;
            round = true;
            side.progress().telling(false);
        }
        spoke = System.nanoTime();
    }

    private void await(Batch batch) throws IOException, InterruptedException {
        while (true) {
            SyncResponse answer = stream.poll(side.config().acceptWithin());
            if (answer == null) {
                throw new CentreAway("inventory does not commit", false);
            }
            switch (answer.getMessageCase()) {
                case ACCEPTED -> {
                    view.accepted();
                    side.progress().accepted(batch.changes().size());
                    return;
                }
                case REFUSED -> throw refused(answer.getRefused());
                case DIGEST_REQUEST, SNAPSHOT_REQUEST, OBJECTS_WANTED, MESSAGE_NOT_SET -> asked(answer);
            }
        }
    }

    private static CentreAway refused(BatchRefused refused) {
        return new CentreAway(
                "inventory refused a batch: " + refused.getProblem() + ": " + refused.getText(),
                refused.getRetryAfterMillis() == 0);
    }
}
