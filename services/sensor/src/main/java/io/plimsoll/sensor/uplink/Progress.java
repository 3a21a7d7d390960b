package io.plimsoll.sensor.uplink;

import java.time.Duration;

/** How the stream goes, for health, metrics and whoever is slowed down by it. Any thread. */
public final class Progress {

    private volatile boolean connected;
    private volatile boolean telling;
    private volatile long acceptedChanges;
    private volatile long acceptedBatches;
    private volatile long acceptedAt;
    private volatile String fault = "inventory was not asked yet";

    void connected() {
        connected = true;
        fault = "";
    }

    void away(String why) {
        connected = false;
        telling = false;
        fault = why;
    }

    /** Whether everything is being told, so that lists wait for it. */
    void telling(boolean now) {
        telling = now;
    }

    void accepted(int changes) {
        acceptedAt = System.nanoTime();
        acceptedChanges += changes;
        acceptedBatches++;
    }

    public boolean isConnected() {
        return connected;
    }

    public boolean isTelling() {
        return telling;
    }

    /** Changes that inventory has committed. */
    public long acceptedChanges() {
        return acceptedChanges;
    }

    public long acceptedBatches() {
        return acceptedBatches;
    }

    /** Since inventory last committed something, heartbeats included; negative before the first time. */
    public Duration sinceAccepted() {
        return acceptedAt == 0 ? Duration.ofSeconds(-1) : Duration.ofNanos(System.nanoTime() - acceptedAt);
    }

    /** Why there is no stream; empty while there is. */
    public String fault() {
        return fault;
    }
}
