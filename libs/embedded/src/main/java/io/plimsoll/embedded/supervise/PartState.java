package io.plimsoll.embedded.supervise;

import java.time.Instant;

/** Where a part stands. */
public sealed interface PartState {

    /** Being prepared, or waiting for those it needs. */
    record Waiting() implements PartState {}

    record Starting(ProcessId process, Instant since) implements PartState {}

    /** It answers; what has to be true in it is being made true. */
    record Settling(ProcessId process, Instant since) implements PartState {}

    record Ready(ProcessId process, Instant since) implements PartState {}

    /** It died, for this reason, and is started again at that time. */
    record Resting(String reason, Instant until) implements PartState {}

    /** It is not started again in this run. */
    record GivenUp(String reason) implements PartState {}

    record Stopped() implements PartState {}

    /** One word for people and for the run file. */
    default String word() {
        return switch (this) {
            case Waiting waiting -> "waiting";
            case Starting starting -> "starting";
            case Settling settling -> "settling";
            case Ready ready -> "ready";
            case Resting resting -> "restarting";
            case GivenUp givenUp -> "failed";
            case Stopped stopped -> "stopped";
        };
    }
}
