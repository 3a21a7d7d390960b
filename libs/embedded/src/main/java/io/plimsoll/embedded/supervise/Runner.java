package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One part's life. Everything here happens on the supervisor's thread; only {@link #state} is read by others. */
final class Runner {

    private static final int LOG_LINES_TOLD = 3;

    /** What a runner asks of its supervisor. */
    interface Home {
        Executor workers();

        /** Another look is due: something that was waited for has happened. */
        void wake();

        void changed(Runner runner);

        void told(Part part, String line);

        /** Why nothing can work, if so: the disk is full. */
        Optional<String> commonReason();
    }

    final Part part;
    final PartLog log;
    private final RestartRule rule;
    private final Home home;
    private final List<Instant> deaths = new ArrayList<>();

    private volatile PartState state = new PartState.Waiting();
    private @Nullable CompletableFuture<@Nullable Void> prepared;
    private @Nullable CompletableFuture<Boolean> probe;
    private @Nullable CompletableFuture<@Nullable Void> settled;
    private @Nullable Process process;
    private boolean onceReady;
    private boolean signalled;
    private Instant killAt = Instant.MAX;

    Runner(Part part, PartLog log, RestartRule rule, Home home) {
        this.part = part;
        this.log = log;
        this.rule = rule;
        this.home = home;
    }

    PartState state() {
        return state;
    }

    Optional<Process> process() {
        return Optional.ofNullable(process).filter(Process::isAlive);
    }

    /** One look: does what is due now. */
    void step(Instant now, Predicate<String> isReady) {
        switch (state) {
            case PartState.Waiting waiting -> startWhenPossible(now, isReady);
            case PartState.Starting starting -> probe(starting, now);
            case PartState.Settling settling -> settle(settling, now);
            case PartState.Ready ready -> {
                if (process().isEmpty()) {
                    died(now, ended());
                }
            }
            case PartState.Resting resting -> {
                if (!now.isBefore(resting.until())) {
                    become(new PartState.Waiting());
                    startWhenPossible(now, isReady);
                }
            }
            case PartState.GivenUp givenUp -> {}
            case PartState.Stopped stopped -> {}
        }
    }

    /** One look while all is being stopped; true when nothing of it runs any more. */
    boolean stopStep(Instant now, boolean mayStop) {
        if (process().isEmpty()) {
            if (!(state instanceof PartState.Stopped) && !(state instanceof PartState.GivenUp)) {
                become(new PartState.Stopped());
            }
            return true;
        }
        if (mayStop && !signalled) {
            signalled = true;
            killAt = now.plus(part.stopWithin());
            process().ifPresent(running -> {
                try {
                    ProcessId.of(running.toHandle()).signal(part.stopSignal());
                } catch (IOException e) {
                    running.destroy();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } else if (now.isAfter(killAt)) {
            kill();
        }
        return false;
    }

    private void startWhenPossible(Instant now, Predicate<String> isReady) {
        if (prepared == null) {
            prepared = run(() -> part.prepare(line -> home.told(part, line)));
        }
        if (!prepared.isDone()) {
            return;
        }
        Optional<String> failure = failure(prepared);
        if (failure.isPresent()) {
            become(new PartState.GivenUp(failure.get()));
        } else if (part.needs().stream().allMatch(isReady)) {
            start(now);
        }
    }

    private void start(Instant now) {
        probe = null;
        settled = null;
        try {
            Process started = part.command()
                    .supervised(part.stopSignal())
                    .redirectOutput(log.target())
                    .start();
            process = started;
            var unused = started.onExit().thenRun(home::wake);
            become(new PartState.Starting(ProcessId.of(started.toHandle()), now));
        } catch (IOException | EmbeddedProblem e) {
            died(now, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe(PartState.Starting starting, Instant now) {
        if (process().isEmpty()) {
            died(now, ended());
        } else if (now.isAfter(starting.since().plus(part.startWithin()))) {
            kill();
            died(now, "not ready within " + part.startWithin().toSeconds() + " s");
        } else if (probe == null) {
            probe = CompletableFuture.supplyAsync(part::ready, home.workers());
        } else if (probe.isDone()) {
            boolean ready = !probe.isCompletedExceptionally() && probe.join();
            probe = null;
            if (ready) {
                settled = run(part::settle);
                become(new PartState.Settling(starting.process(), starting.since()));
            }
        }
    }

    private void settle(PartState.Settling settling, Instant now) {
        if (process().isEmpty()) {
            died(now, ended());
        } else if (settled != null && settled.isDone()) {
            Optional<String> failure = failure(settled);
            if (failure.isPresent()) {
                kill();
                died(now, failure.get());
            } else {
                onceReady = true;
                become(new PartState.Ready(settling.process(), now));
            }
        }
    }

    private void died(Instant now, String reason) {
        deaths.add(now);
        String why = home.commonReason().orElse(reason);
        switch (rule.after(deaths, onceReady, now)) {
            case RestartRule.Rest rest -> become(new PartState.Resting(why, now.plus(rest.length())));
            case RestartRule.GiveUp giveUp ->
                become(new PartState.GivenUp(why + "; given up after "
                        + giveUp.deaths() + " attempts, log in " + log.file()
                        + log.tail(LOG_LINES_TOLD).stream()
                                .map(line -> "\n    | " + line)
                                .reduce("", String::concat)));
        }
    }

    private String ended() {
        int code = process == null ? -1 : process.exitValue();
        // 128 + number of a signal, the way shells and the runtime tell it.
        return code > 128 ? "killed by signal " + (code - 128) : "ended with code " + code;
    }

    private void kill() {
        process().ifPresent(running -> {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            try {
                var unused = running.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void become(PartState next) {
        state = next;
        home.changed(this);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private CompletableFuture<@Nullable Void> run(Work work) {
        CompletableFuture<@Nullable Void> running = CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(e);
                    }
                },
                home.workers());
        CompletableFuture<@Nullable Void> woken = running.whenComplete((done, failed) -> home.wake());
        return woken;
    }

    private static Optional<String> failure(CompletableFuture<@Nullable Void> work) {
        if (!work.isCompletedExceptionally()) {
            return Optional.empty();
        }
        Throwable cause = work.exceptionNow();
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof java.io.UncheckedIOException)) {
            cause = cause.getCause();
        }
        String message = cause instanceof EmbeddedProblem
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return Optional.of(message);
    }
}
