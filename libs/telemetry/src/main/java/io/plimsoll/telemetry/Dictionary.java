package io.plimsoll.telemetry;

import static io.plimsoll.telemetry.Entry.Kind.COUNTER;
import static io.plimsoll.telemetry.Entry.Kind.GAUGE;

import io.plimsoll.telemetry.Entry.Label;
import java.util.List;

/** Every metric of the platform's own, with what it means and what bounds it. The reference page is written from here. */
public final class Dictionary {

    /** Most scopes with figures of their own: with every figure of each, series stay below the bound of an installation. */
    public static final int SCOPES_MAX = 400;
    /** Most series of the platform's own that one installation exports. */
    public static final int SERIES_MAX = 20_000;

    private static final Label SCOPE =
            new Label("scope", "organisation, teams and clusters, at most " + SCOPES_MAX + "; never what is below");

    private static final String GATEWAY = "gateway";
    private static final String INVENTORY = "inventory";
    private static final String SCORING = "stage-scoring";
    private static final String IMAGES = "image-scan";
    private static final String SENSOR = "sensor";
    private static final List<String> ANALYSERS = List.of("config-audit", "network-segmentation", "image-scan");
    private static final List<String> READERS =
            List.of("config-audit", "network-segmentation", "image-scan", "stage-scoring");

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    MetricName.STAGE,
                    GAUGE,
                    List.of(
                            SCOPE,
                            new Label("axis", "adoption-shown, adoption-possible, security-proven, security-possible")),
                    "Stage of a scope as measured, 1 to 5; told by the replica that merges alone.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.FREEBOARD,
                    GAUGE,
                    List.of(SCOPE, new Label("bound", "low, high")),
                    "Security minus adoption, -4 to 4; below 0 the load is heavier than the security carries.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.GATE_RATIO,
                    GAUGE,
                    List.of(SCOPE, new Label("gate", "ids of the stage model")),
                    "Share that holds of the clause that decides a gate, 0 to 1; absent where a gate counts nothing or is asked of a wider scope.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.CONFIDENCE,
                    GAUGE,
                    List.of(SCOPE),
                    "Share of the model's gates that evidence settles, 0 to 1; a gate held by declaration counts half, an unknown one nothing.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.SCOPES_LEFT_OUT,
                    GAUGE,
                    List.of(),
                    "Teams and clusters beyond the bound, which have no figures of their own.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.EVIDENCE_AGE,
                    GAUGE,
                    List.of(),
                    "Seconds since this replica last marked evidence; not a number before the first mark.",
                    ANALYSERS),
            new Entry(
                    MetricName.OUTBOX_RECORDS,
                    GAUGE,
                    List.of(),
                    "Records that wait to be sent to the broker.",
                    List.of(INVENTORY, SCORING)),
            new Entry(
                    MetricName.OUTBOX_AGE,
                    GAUGE,
                    List.of(),
                    "Seconds the oldest of them has waited; 0 when none does.",
                    List.of(INVENTORY, SCORING)),
            new Entry(MetricName.PARTITIONS_HELD, GAUGE, List.of(), "Partitions this replica holds.", READERS),
            new Entry(
                    MetricName.PARTITIONS_REPLAYING,
                    GAUGE,
                    List.of(),
                    "Held partitions still being read from their beginning.",
                    READERS),
            new Entry(MetricName.CLUSTERS, GAUGE, List.of(), "Clusters this replica answers for.", ANALYSERS),
            new Entry(MetricName.BATCHES, COUNTER, List.of(), "Batches applied.", ANALYSERS),
            new Entry(MetricName.RECORDS_PUBLISHED, COUNTER, List.of(), "Records of evidence written.", ANALYSERS),
            new Entry(
                    MetricName.RECORDS_PARKED,
                    GAUGE,
                    List.of(),
                    "Records of clusters answered for that cannot be read and are left out.",
                    ANALYSERS),
            new Entry(
                    MetricName.CLUSTERS_PARKED,
                    GAUGE,
                    List.of(),
                    "Clusters whose newest batch an engine failed on; their stage stands until one succeeds.",
                    ANALYSERS),
            new Entry(
                    MetricName.RECORDS_BEHIND,
                    GAUGE,
                    List.of(),
                    "Records the log holds that this replica has not read yet: its lag.",
                    READERS),
            new Entry(
                    MetricName.CLUSTERS_AWAITED,
                    GAUGE,
                    List.of(),
                    "Clusters whose newest state waits for an analyser before it is scored.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.BARRIER_WAIT,
                    GAUGE,
                    List.of(),
                    "Seconds the longest of them has waited; 0 when none does.",
                    List.of(SCORING)),
            new Entry(
                    MetricName.UPLOADS,
                    COUNTER,
                    List.of(new Label("outcome", "accepted, or the slug of a problem")),
                    "Uploads of manifests by how they ended.",
                    List.of(GATEWAY, INVENTORY)),
            new Entry(
                    MetricName.FEED_AGE,
                    GAUGE,
                    List.of(new Label("feed", "the feeds imported, at most 100")),
                    "How old the data of a feed of known weaknesses are; not a number, of the feed none, where none is imported.",
                    List.of(IMAGES)),
            new Entry(
                    MetricName.IMAGES_WAITING,
                    GAUGE,
                    List.of(),
                    "Images whose turn to be read has come.",
                    List.of(IMAGES)),
            new Entry(
                    MetricName.IMAGES_FAILING,
                    GAUGE,
                    List.of(),
                    "Images in use that could not be read by the last attempt.",
                    List.of(IMAGES)),
            new Entry(
                    MetricName.EVENT_CLIENTS,
                    GAUGE,
                    List.of(),
                    "Clients that listen to events.",
                    List.of(GATEWAY, SCORING)),
            new Entry(
                    MetricName.SENSOR_OBJECTS,
                    GAUGE,
                    List.of(),
                    "Objects the sensor sees in its cluster.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_WAITING,
                    GAUGE,
                    List.of(),
                    "Objects whose newest state inventory was not told yet.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_WAITING_BYTES,
                    GAUGE,
                    List.of(),
                    "Bytes of such states that are kept; beyond the bound they are read again when their time comes.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_CONNECTED,
                    GAUGE,
                    List.of(),
                    "1 while a stream to inventory is open, else 0.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_STALE,
                    COUNTER,
                    List.of(),
                    "Events of watches dropped because something newer is known.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_CHANGES,
                    COUNTER,
                    List.of(),
                    "Changes that inventory has committed.",
                    List.of(SENSOR)),
            new Entry(
                    MetricName.SENSOR_STREAMS,
                    GAUGE,
                    List.of(),
                    "Streams of sensors open at this replica.",
                    List.of(INVENTORY)),
            new Entry(
                    MetricName.SENSOR_BATCHES,
                    COUNTER,
                    List.of(new Label("outcome", "accepted, or the slug of a problem")),
                    "Batches of sensors by how they ended, heartbeats included.",
                    List.of(INVENTORY)),
            new Entry(
                    MetricName.SENSOR_STALE_CHANGES,
                    COUNTER,
                    List.of(),
                    "Changes of sensors dropped because something newer, or a later end, is held.",
                    List.of(INVENTORY)),
            new Entry(
                    MetricName.SENSORS_SILENT,
                    GAUGE,
                    List.of(),
                    "Live clusters whose sensor was not heard for a minute.",
                    List.of(INVENTORY)),
            new Entry(
                    MetricName.SENSOR_LAG,
                    GAUGE,
                    List.of(),
                    "Seconds the oldest committed batch of a sensor waits to be published; 0 when none does.",
                    List.of(INVENTORY)));

    private Dictionary() {}

    /** All of them, in the order of the page. */
    public static List<Entry> entries() {
        return ENTRIES;
    }
}
