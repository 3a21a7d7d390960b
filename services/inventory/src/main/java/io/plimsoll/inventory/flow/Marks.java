package io.plimsoll.inventory.flow;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Marks that close a cluster's batch. */
final class Marks {

    private Marks() {}

    /**
     * @param count live records
     * @param digest over their keys and hashes, in the order of keys
     * @param accepted null in a rebuild
     */
    static byte[] of(ClusterRow row, Version version, long count, byte[] digest, @Nullable Instant accepted) {
        Mark.Builder mark = Mark.newBuilder()
                .setCluster(row.name())
                .setWriter(Views.INVENTORY)
                .setRevision(KernelCodec.toWire(version))
                .setDigest(ByteString.copyFrom(digest))
                .setRecordCount(count)
                .setMode(KernelCodec.toWire(row.mode()))
                .setIncomplete(row.incomplete());
        if (accepted != null) {
            mark.setAccepted(
                    Timestamp.newBuilder().setSeconds(accepted.getEpochSecond()).setNanos(accepted.getNano()));
        }
        return mark.build().toByteArray();
    }
}
