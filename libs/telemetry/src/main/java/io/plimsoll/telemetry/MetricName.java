package io.plimsoll.telemetry;

/**
 * Names of the platform's own metrics, as Prometheus shows them. Labels are bounded: scopes are organisation, teams and clusters, never
 * namespaces, workloads, images or vulnerabilities.
 */
public final class MetricName {

    /** Gauge, 1..5; labels scope and axis (adoption-shown, adoption-possible, security-proven, security-possible). */
    public static final String STAGE = "plimsoll_stage";
    /** Gauge, -4..4; labels scope and bound (low, high). */
    public static final String FREEBOARD = "plimsoll_freeboard";
    /** Gauge, 0..1; labels scope and gate. */
    public static final String GATE_RATIO = "plimsoll_gate_ratio";
    /** Gauge, 0..1, how much of the model evidence settles; label scope. A gate held by declaration counts half. */
    public static final String CONFIDENCE = "plimsoll_confidence";
    /** Gauge, scopes beyond the bound, which have no figures of their own. */
    public static final String SCOPES_LEFT_OUT = "plimsoll_scopes_left_out";
    /** Gauge, seconds since an analyser last marked its evidence. */
    public static final String EVIDENCE_AGE = "plimsoll_evidence_age_seconds";
    /** Gauge, records waiting to be relayed. */
    public static final String OUTBOX_RECORDS = "plimsoll_outbox_records";
    /** Gauge, age of the oldest waiting record. */
    public static final String OUTBOX_AGE = "plimsoll_outbox_age_seconds";
    /** Gauge, partitions this replica holds. */
    public static final String PARTITIONS_HELD = "plimsoll_corridor_partitions_held";
    /** Gauge, held partitions still being read from their beginning. */
    public static final String PARTITIONS_REPLAYING = "plimsoll_corridor_partitions_replaying";
    /** Gauge, clusters this replica answers for. */
    public static final String CLUSTERS = "plimsoll_corridor_clusters";
    /** Counter, batches applied. */
    public static final String BATCHES = "plimsoll_corridor_batches_total";
    /** Counter, records written. */
    public static final String RECORDS_PUBLISHED = "plimsoll_corridor_records_published_total";
    /** Gauge, records of clusters answered for that cannot be read and are left out. */
    public static final String RECORDS_PARKED = "plimsoll_corridor_records_parked";
    /** Gauge, clusters whose newest batch an engine failed on: their stage stands until one succeeds. */
    public static final String CLUSTERS_PARKED = "plimsoll_corridor_clusters_parked";
    /** Gauge, records the log holds that were not read yet. */
    public static final String RECORDS_BEHIND = "plimsoll_corridor_records_behind";
    /** Gauge, clusters whose newest state waits for an analyser before it is scored. */
    public static final String CLUSTERS_AWAITED = "plimsoll_scoring_clusters_awaited";
    /** Gauge, how long the longest of them waits; 0 when none does. */
    public static final String BARRIER_WAIT = "plimsoll_scoring_barrier_wait_seconds";
    /** Counter, uploads; label outcome. */
    public static final String UPLOADS = "plimsoll_uploads_total";
    /** Gauge, how old the data of a feed of known weaknesses are; label feed. Not a number, of the feed none, where none is imported. */
    public static final String FEED_AGE = "plimsoll_feed_age_seconds";
    /** Gauge, images whose turn to be read has come. */
    public static final String IMAGES_WAITING = "plimsoll_images_waiting";
    /** Gauge, images in use that could not be read by the last attempt. */
    public static final String IMAGES_FAILING = "plimsoll_images_failing";
    /** Gauge, clients that listen to events. */
    public static final String EVENT_CLIENTS = "plimsoll_event_clients";

    /** Gauge, objects a sensor sees. */
    public static final String SENSOR_OBJECTS = "plimsoll_sensor_objects";
    /** Gauge, objects whose newest state inventory was not told yet. */
    public static final String SENSOR_WAITING = "plimsoll_sensor_waiting_objects";
    /** Gauge, bytes of such states that are kept. */
    public static final String SENSOR_WAITING_BYTES = "plimsoll_sensor_waiting_bytes";
    /** Gauge, 1 while a stream to inventory is open. */
    public static final String SENSOR_CONNECTED = "plimsoll_sensor_connected";
    /** Counter, events dropped because something newer is known. */
    public static final String SENSOR_STALE = "plimsoll_sensor_stale_events_total";
    /** Counter, changes that inventory has committed. */
    public static final String SENSOR_CHANGES = "plimsoll_sensor_changes_total";
    /** Gauge, streams of sensors open at this replica. */
    public static final String SENSOR_STREAMS = "plimsoll_sensor_streams";
    /** Counter, batches of sensors; label outcome. */
    public static final String SENSOR_BATCHES = "plimsoll_sensor_batches_total";
    /** Counter, changes of sensors that were dropped because something newer is held. */
    public static final String SENSOR_STALE_CHANGES = "plimsoll_sensor_stale_changes_total";
    /** Gauge, clusters whose sensor was not heard for a while. */
    public static final String SENSORS_SILENT = "plimsoll_sensors_silent";
    /** Gauge, age of the oldest batch that is committed and not published. */
    public static final String SENSOR_LAG = "plimsoll_sensor_lag_seconds";

    private MetricName() {}
}
