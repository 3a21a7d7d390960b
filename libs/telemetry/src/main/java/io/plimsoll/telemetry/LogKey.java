package io.plimsoll.telemetry;

/** Keys of log lines. A line is a fixed sentence and these; never a token, a secret or a body. */
public final class LogKey {

    public static final String CLUSTER = "cluster";
    public static final String SOURCE = "source";
    /** {@code EPOCH.NUMBER.GENERATION}. */
    public static final String VERSION = "version";

    public static final String PARTITION = "partition";
    public static final String SCOPE = "scope";
    public static final String SUBJECT = "subject";
    public static final String CONTROL = "control";
    public static final String PROBLEM = "problem";
    public static final String REASON = "reason";
    /** Who asked, by name. */
    public static final String CALLER = "caller";

    /** The trace, or where traces are off a number that an answer and its log line share. */
    public static final String TRACE = "traceId";

    /** A kind of a cluster, as {@code PLURAL.GROUP}. */
    public static final String RESOURCE = "resource";
    /** Where somebody was asked. */
    public static final String ADDRESS = "address";

    public static final String COUNT = "count";
    public static final String MILLIS = "millis";

    private LogKey() {}
}
