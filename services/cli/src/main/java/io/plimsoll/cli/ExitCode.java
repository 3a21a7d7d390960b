package io.plimsoll.cli;

/** What an exit code of any command means. */
public final class ExitCode {

    public static final int DONE = 0;
    /** Nothing usable in the input, or, with {@code --strict}, a bad document in it. */
    public static final int NOTHING_USABLE = 1;
    /** The stage that was required is not reached; something was found that {@code --fail-on} names. */
    public static final int GATE_NOT_MET = 2;
    /**
     * Part of the question is not answered: a feed is missing, empty or stale, the image was not read wholly, a gate is
     * undecided. What was found is shown; that nothing else is there was not said.
     */
    public static final int UNKNOWN = 3;
    /** The command line is wrong (sysexits.h). */
    public static final int USAGE = 64;
    /** A fault of ours (sysexits.h). */
    public static final int INTERNAL = 70;

    /** Whoever read the answer stopped reading; what a shell reports of a program that a closed pipe ended. */
    public static final int READER_GONE = 141;

    private ExitCode() {}
}
