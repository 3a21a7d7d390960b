package io.plimsoll.kernel;

/** Why evidence is not a plain PASS, and what would settle it. One vocabulary for all analysers and for scoring. */
public enum Reason {
    /** An object is there and says the wrong thing. */
    SEEN_AND_WRONG("seen-and-wrong", "change the field named"),
    /** A companion object that must exist is not among the files given (stage-gates 2, class C). */
    ABSENT_FROM_INPUT("absent-from-input", "add the missing object, or give the files that hold it"),
    /** No analyser answered: denominators never move because one is silent. */
    NOT_ANSWERED("not-answered", "run the analyser that owns this control"),
    /** Lives outside manifests (stage-gates 2, class X). */
    NEEDS_CONNECTOR("needs-connector", "connect the system that knows, or declare a dated attestation"),
    /** A violation can only be ruled out when at least one object of the searched kind was seen. */
    NO_OBJECT_OF_KIND("no-object-of-kind", "include objects of this kind in the input"),
    /** Nothing to protect was seen, so nothing can be said. */
    NO_APPLICATION_WORKLOAD("no-application-workload", "include the workloads of the applications"),
    /** The gate depends on time and none was given. */
    NO_CLOCK("no-clock", "give --as-of"),
    /** Tracking marks are added when objects are applied, so files lack them. */
    TRACKING_NOT_IN_FILES("tracking-not-in-files", "connect the cluster, or declare a dated attestation"),
    /** TLS may end in front of a listener that looks plain. */
    TLS_MAY_END_IN_FRONT("tls-may-end-in-front", "probe the entry, or declare where TLS ends"),
    /** Something that could change the verdict was found and is not analysed yet. */
    PARTIAL_ANALYSIS("partial-analysis", "see coverage for what was not analysed"),
    /** A policy's expression cannot be evaluated outside an API server. */
    NOT_AUDITABLE("not-auditable", "evaluate it in a cluster by dry run"),
    /** Evaluating took more than its bound. */
    BUDGET("budget", "simplify the expression"),
    /** Over the size bound: kept by identity only. */
    OBJECT_TOO_LARGE("object-too-large", "split the object"),
    /** An attestation or waiver covers it. */
    ATTESTED("attested", "renew before it expires"),
    WAIVED_BY_DECLARATION("waived-by-declaration", "renew before it expires"),
    /** The declaration that covered it has expired. */
    DECLARATION_EXPIRED("declaration-expired", "renew the declaration"),
    /** One cluster only: nothing to compare. */
    SINGLE_CLUSTER("single-cluster", "nothing to do"),
    /** Held by alternative evidence. */
    ALTERNATIVE("alternative", "nothing to do"),
    /** Nothing in the scope is asked this. */
    EMPTY_POPULATION("empty-population", "include the objects this gate is asked of"),
    /** The ratio is in the band where manifests can neither prove nor refute. */
    BETWEEN_BOUNDS("between-bounds", "raise the ratio, or connect the cluster"),
    /** The image's scan is queued or running. */
    SCAN_PENDING("scan-pending", "wait until the image was scanned"),
    /** The image's scan was tried and failed; the message says how. */
    SCAN_FAILED("scan-failed", "see why the image could not be read"),
    /** The image reference could not be resolved to a digest. */
    UNRESOLVED_TAG("unresolved-tag", "let the registry be asked, or name the image by digest"),
    /** A feed of known weaknesses is absent, older than its bound, or does not reach what was asked. */
    FEED_STALE("feed-stale", "import current feeds"),
    /** The cluster refused to show objects that the answer depends on. */
    PERMISSION_DENIED("permission-denied", "grant the sensor the permission that coverage names");

    private final String slug;
    private final String settledBy;

    Reason(String slug, String settledBy) {
        this.slug = slug;
        this.settledBy = settledBy;
    }

    /** The word used in reports and APIs; stable. */
    public String slug() {
        return slug;
    }

    /** What would settle it, as an instruction. */
    public String settledBy() {
        return settledBy;
    }
}
