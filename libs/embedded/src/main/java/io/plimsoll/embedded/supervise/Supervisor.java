package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.place.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Starts parts in the order of their needs, watches over them, and stops them in reverse. One thread decides and starts
 * all processes; it lives until the last of them has ended (see {@link Command#supervised}). What blocks (preparing,
 * probing, settling) runs beside it.
 *
 * <p>Only a part's death restarts it. A part that is merely silent is left alone: whoever stopped it may have meant to.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration LOOK_STARTING = Duration.ofMillis(50);
    private static final Duration LOOK_READY = Duration.ofSeconds(1);
    /** Free bytes below which a death is laid to the disk. */
    private static final long DISK_FULL_BYTES = 32L << 20;

    private final Path data;
    private final RestartRule rule;
    private final Watcher watcher;
    private final List<Runner> runners = new CopyOnWriteArrayList<>();
    /** The last state of each part that was written to the run file. */
    private final Map<String, PartState> told = new ConcurrentHashMap<>();

    private final Semaphore wakeUp = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "plimsoll-part-work");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread thread = new Thread(this::watch, "plimsoll-supervisor");
    private final Object changes = new Object();
    private volatile boolean stopping;
    private boolean runFileStale;

    /** @param data an existing folder of which the caller holds the {@link RunLock} */
    public Supervisor(Path data, RestartRule rule, Watcher watcher) {
        this.data = data;
        this.rule = rule;
        this.watcher = watcher;
    }

    public void start() {
        thread.start();
    }

    /** Takes one more part, before or after the start. Its needs must have been added before it. */
    public void add(Part part) {
        Set<String> known = new HashSet<>();
        runners.forEach(runner -> known.add(runner.part.name()));
        if (known.contains(part.name()) || !known.containsAll(part.needs()) || known.size() >= RunFile.PARTS_MAX) {
            throw new IllegalArgumentException(
                    "part " + part.name() + ": twice, one too many, or needs what is not known of " + part.needs());
        }
        Runner runner = new Runner(
                part, new PartLog(data.resolve("log").resolve(part.name() + ".log")), rule, new RunnersHome());
        runners.add(runner);
        wakeUp.release();
    }

    /**
     * Waits until all parts are ready.
     *
     * @throws EmbeddedProblem when one is given up, with its reason, or when {@link #stop} comes first
     */
    public void awaitReady() throws InterruptedException {
        synchronized (changes) {
            while (true) {
                for (Runner runner : runners) {
                    if (runner.state() instanceof PartState.GivenUp givenUp) {
                        throw new EmbeddedProblem(runner.part.name() + ": " + givenUp.reason());
                    }
                }
                if (stopping) {
                    throw new EmbeddedProblem("stopped before all was ready");
                }
                // Told of as well: whoever waited finds the run file to say the same.
                if (runners.stream()
                        .allMatch(runner -> runner.state() instanceof PartState.Ready
                                && told.get(runner.part.name()) instanceof PartState.Ready)) {
                    return;
                }
                changes.wait(1_000);
            }
        }
    }

    /** Waits until all has ended after {@link #stop}. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    public Optional<PartState> state(String name) {
        return runner(name).map(Runner::state);
    }

    /** The living process of a part. */
    public Optional<ProcessHandle> process(String name) {
        return runner(name).flatMap(Runner::process).map(Process::toHandle);
    }

    /** Stops all parts in reverse order; returns at once. */
    public void stop() {
        stopping = true;
        wakeUp.release();
    }

    /** Stops all parts and waits for their end. */
    @Override
    public void close() {
        stop();
        if (!thread.isAlive()) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Runner> runner(String name) {
        return runners.stream()
                .filter(runner -> runner.part.name().equals(name))
                .findFirst();
    }

    private void watch() {
        try {
            Instant logsDue = Instant.now();
            while (!stopping) {
                Instant now = Instant.now();
                runners.forEach(runner -> runner.step(now, this::ready));
                if (now.isAfter(logsDue)) {
                    logsDue = now.plusSeconds(5);
                    turnLogsOver();
                    if (runFileStale) {
                        writeRunFile();
                    }
                }
                pause(
                        runners.stream().allMatch(runner -> runner.state() instanceof PartState.Ready)
                                ? LOOK_READY
                                : LOOK_STARTING);
            }
            while (!stopStep()) {
                pause(LOOK_STARTING);
            }
            Files.deleteIfExists(RunFile.in(data));
        } catch (IOException | InterruptedException e) {
            runners.forEach(runner -> runner.process().ifPresent(Process::destroy));
        } finally {
            stopping = true;
            workers.shutdownNow();
            ended.countDown();
            synchronized (changes) {
                changes.notifyAll();
            }
        }
    }

    /** Signals each part that nobody running needs; true when all have ended. */
    private boolean stopStep() {
        Instant now = Instant.now();
        Set<String> needed = new HashSet<>();
        for (Runner runner : runners) {
            if (runner.process().isPresent()) {
                needed.addAll(runner.part.needs());
            }
        }
        boolean all = true;
        for (Runner runner : runners.reversed()) {
            all &= runner.stopStep(now, !needed.contains(runner.part.name()));
        }
        return all;
    }

    private boolean ready(String name) {
        return runner(name)
                .filter(runner -> runner.state() instanceof PartState.Ready)
                .isPresent();
    }

    private void pause(Duration most) throws InterruptedException {
        if (wakeUp.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUp.drainPermits();
        }
    }

    private void turnLogsOver() {
        for (Runner runner : runners) {
            try {
                runner.log.turnOverWhenFull();
            } catch (IOException e) {
                watcher.told(runner.part, "cannot turn over " + runner.log.file() + ": " + e.getMessage());
            }
        }
    }

    /** Tells of a failure once: a full disk fails each time, and the file is written again when there is room. */
    private void writeRunFile() {
        List<RunFile.Entry> entries = new ArrayList<>();
        for (Runner runner : runners) {
            PartState state = runner.state();
            String detail =
                    switch (state) {
                        case PartState.Resting resting -> resting.reason();
                        case PartState.GivenUp givenUp -> givenUp.reason();
                        case PartState.Waiting waiting -> "";
                        case PartState.Starting starting -> "";
                        case PartState.Settling settling -> "";
                        case PartState.Ready ready -> "";
                        case PartState.Stopped stopped -> "";
                    };
            entries.add(new RunFile.Entry(
                    runner.part.name(),
                    state.word(),
                    detail,
                    runner.part.address(),
                    runner.part.stopSignal(),
                    runner.part.stopWithin(),
                    runner.process().map(Process::toHandle).map(ProcessId::of)));
        }
        try {
            new RunFile(ProcessId.current(), entries).write(RunFile.in(data));
            runFileStale = false;
        } catch (IOException e) {
            if (!runFileStale) {
                watcher.told(runners.get(0).part, "cannot write " + RunFile.in(data) + ": " + e.getMessage());
            }
            runFileStale = true;
        }
    }

    private final class RunnersHome implements Runner.Home {
        @Override
        public Executor workers() {
            return workers;
        }

        @Override
        public void wake() {
            wakeUp.release();
        }

        @Override
        public void changed(Runner runner) {
            PartState state = runner.state();
            writeRunFile();
            told.put(runner.part.name(), state);
            watcher.changed(runner.part, state);
            synchronized (changes) {
                changes.notifyAll();
            }
        }

        @Override
        public void told(Part part, String line) {
            watcher.told(part, line);
        }

        @Override
        public Optional<String> commonReason() {
            long free = Places.freeBytes(data);
            return free < DISK_FULL_BYTES
                    ? Optional.of("the disk of " + data + " is full (" + (free >> 20) + " MiB free)")
                    : Optional.empty();
        }
    }
}
