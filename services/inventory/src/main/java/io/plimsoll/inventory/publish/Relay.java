package io.plimsoll.inventory.publish;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.log.RecordSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the outbox to the topics: reads the oldest of each lane it holds by lease, writes them in one transaction of the broker, and takes them
 * out of the outbox after it. A crash in between writes the same once more, at the same versions, which changes nothing for any reader. Order
 * within a lane is the order of the outbox, so a mark is never before what it closes.
 *
 * <p>One thread runs it; {@link #wake} may be called by any.
 */
public final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    /** What the relay is made of. */
    public record Parts(Outbox outbox, Leases leases, Topics topics, Supplier<RecordSink> sinks) {}

    private final Parts parts;
    private final Duration poll;
    private final Duration renewal;
    private final Step.Watcher steps;
    private final Object bell = new Object();
    private final Thread thread;
    private boolean rung;
    private volatile String fault = "";
    private volatile boolean closed;

    private RecordSink sink;
    private final Set<Integer> taken = new HashSet<>();
    private Set<Integer> held = Set.of();
    private long renewed;
    private boolean renewedOnce;
    private boolean ensured;

    /**
     * @param poll how long it waits for what another replica puts into the outbox
     * @param renewal how often leases are renewed
     */
    public Relay(Parts parts, Duration poll, Duration renewal, Step.Watcher steps) {
        this.parts = parts;
        this.poll = poll;
        this.renewal = renewal;
        this.steps = steps;
        this.sink = parts.sinks().get();
        this.thread = Thread.ofPlatform().name("plimsoll-relay").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something was put into the outbox. */
    public void wake() {
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    /** Why nothing is relayed at present; empty when all is well. */
    public String fault() {
        return fault;
    }

    private void run() {
        Duration pause = poll;
        while (!closed) {
            try {
                boolean wrote = step();
                fault = "";
                pause = poll;
                if (!wrote) {
                    await(poll);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                boolean first = fault.isEmpty();
                fault = String.valueOf(e.getMessage());
                if (first) {
                    LOG.atWarn().setCause(e).log("nothing can be relayed at present, trying again");
                }
                renew();
                pause = longer(pause);
                if (!sleep(pause)) {
                    return;
                }
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
    }

    private boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The producers' state is not known any more: begin with new ones. */
    private void renew() {
        taken.clear();
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("a producer could not be closed");
        }
        sink = parts.sinks().get();
        ensured = false;
    }

    private void await(Duration longest) throws InterruptedException {
        synchronized (bell) {
            if (!rung) {
                bell.wait(longest.toMillis());
            }
            rung = false;
        }
    }

    /** Relays until nothing waits, on the caller's thread: for one that was not started. */
    public void drain() throws InterruptedException {
        boolean wrote = true;
        while (wrote) {
            wrote = step();
        }
    }

    /** Relays one batch of each lane. True when there was any. */
    private boolean step() throws InterruptedException {
        lease();
        List<Integer> lanes = parts.outbox().lanes(held);
        if (lanes.isEmpty()) {
            return false;
        }
        if (!ensured) {
            parts.topics().ensure();
            ensured = true;
        }
        for (int lane : lanes) {
            relay(lane);
        }
        return true;
    }

    private void lease() {
        long now = System.nanoTime();
        if (renewedOnce && now - renewed < renewal.toNanos()) {
            return;
        }
        held = Set.copyOf(parts.leases().renew().keySet());
        renewed = now;
        renewedOnce = true;
        for (int lane : List.copyOf(taken)) {
            if (!held.contains(lane)) {
                taken.remove(lane);
                sink.leave(lane);
            }
        }
    }

    private void relay(int lane) {
        // Before reading: whoever held the lane before can write no more, so that nothing old comes after what is read
        // now.
        if (taken.add(lane)) {
            sink.take(lane);
        }
        List<Outbox.Waiting> batch = parts.outbox().next(lane);
        steps.after(Step.READ);
        if (batch.isEmpty()) {
            return;
        }
        sink.write(lane, batch.stream().map(Outbox.Waiting::record).toList());
        steps.after(Step.RELAYED);
        parts.outbox().remove(batch.stream().map(Outbox.Waiting::id).toList());
        steps.after(Step.REMOVED);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                LOG.atWarn().log("the relay did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink.close();
        try {
            parts.leases().release();
        } catch (RuntimeException e) {
            LOG.atInfo().log("leases were not given back, they run out by themselves");
        }
    }
}
