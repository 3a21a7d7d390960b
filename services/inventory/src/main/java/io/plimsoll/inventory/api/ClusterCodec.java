package io.plimsoll.inventory.api;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.inventory.v1.Cluster;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.wire.KernelCodec;
import java.time.Instant;

/** Clusters and what becomes of uploads, to the wire. */
final class ClusterCodec {

    private static final int TEXT_CHARS_MAX = 500;

    private ClusterCodec() {}

    static Cluster toWire(ClusterRow row) {
        Cluster.Builder wire = Cluster.newBuilder()
                .setName(row.name())
                .setMode(KernelCodec.toWire(row.mode()))
                .setPartition(row.partition())
                .setRevision(KernelCodec.toWire(row.revision()))
                .setObjectCount(row.objects())
                .setIncomplete(row.incomplete());
        Instant accepted = row.accepted();
        if (accepted != null) {
            wire.setAccepted(
                    Timestamp.newBuilder().setSeconds(accepted.getEpochSecond()).setNanos(accepted.getNano()));
        }
        return wire.build();
    }

    static UploadManifestsResponse toWire(UploadOutcome outcome) {
        UploadManifestsResponse.Builder wire = UploadManifestsResponse.newBuilder()
                .setRevision(KernelCodec.toWire(outcome.revision()))
                .setAdded(outcome.added())
                .setChanged(outcome.changed())
                .setRemoved(outcome.removed())
                .setUnchanged(outcome.unchanged());
        outcome.coverage().forEach(each -> wire.addCoverage(toWire(each)));
        return wire.build();
    }

    /** For people, so at most as long as the contract says. */
    static io.plimsoll.api.kernel.v1.Coverage toWire(Coverage coverage) {
        String text = coverage.text().length() > TEXT_CHARS_MAX
                ? coverage.text().substring(0, TEXT_CHARS_MAX - 1) + "…"
                : coverage.text();
        return KernelCodec.toWire(new Coverage(coverage.kind(), text, coverage.source()));
    }
}
