package io.plimsoll.kernel;

/** Whose load a workload is: the organisation's applications, or the platform they stand on (stage-gates 3). */
public enum Tier {
    APPLICATION,
    PLATFORM
}
