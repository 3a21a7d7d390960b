package io.plimsoll.embedded.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One process of the platform. Called by the supervisor in this order: {@link #prepare} once; then, each time the
 * process is started, {@link #command}, {@link #ready} until it says yes, {@link #settle}. Only then are those started
 * that need it. {@code prepare}, {@code ready} and {@code settle} run beside the supervisor's thread, one at a time for
 * each part.
 */
public interface Part {

    /** Unique on this machine; also the name of its log file. */
    String name();

    /** Names of the parts that must be ready before this one is started. */
    List<String> needs();

    /**
     * Everything before the first start that does not need another part: unpacking, building, initialising.
     *
     * @param tell takes a line for people when something takes long
     */
    default void prepare(Consumer<String> tell) throws IOException, InterruptedException {}

    /** What to run; written anew for each start. */
    Command command() throws IOException, InterruptedException;

    /** Asks the process itself, not the operating system; answers within a few seconds. */
    boolean ready();

    /** What has to be true in it before others use it: roles, a realm. Runs after each start, so it repeats itself. */
    default void settle() throws IOException, InterruptedException {}

    /** From start to readiness, settling aside; beyond it the process is killed and counted as dead. */
    Duration startWithin();

    /** From the signal to the end; beyond it the process is killed. */
    Duration stopWithin();

    /** Signal for an orderly stop, as {@code kill} names it. */
    default String stopSignal() {
        return "TERM";
    }

    /** Where to reach it, for people. */
    String address();
}
