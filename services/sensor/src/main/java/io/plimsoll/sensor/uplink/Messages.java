package io.plimsoll.sensor.uplink;

import com.google.protobuf.ByteString;
import io.plimsoll.api.inventory.v1.BatchEnd;
import io.plimsoll.api.inventory.v1.DigestPage;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.ObjectDigest;
import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.api.inventory.v1.SensorCoverage;
import io.plimsoll.api.inventory.v1.SensorHello;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.sensing.kind.ServedKind;
import io.plimsoll.sensing.kind.WantedKinds;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.sensing.view.Change;
import io.plimsoll.sensor.watch.Sights;
import io.plimsoll.sensor.watch.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a sensor says, in the words of the contract. Pure. */
final class Messages {

    private static final int DENIED_MAX = 1_000;

    private final String cluster;

    Messages(String cluster) {
        this.cluster = cluster;
    }

    SyncRequest hello(String version, List<ListDenied> denied) {
        return SyncRequest.newBuilder()
                .setHello(SensorHello.newBuilder()
                        .setCluster(cluster)
                        .setSensorVersion(version)
                        .addAllWatched(WantedKinds.words())
                        .addAllDenied(denied))
                .build();
    }

    SyncRequest coverage(List<ListDenied> denied) {
        return SyncRequest.newBuilder()
                .setCoverage(SensorCoverage.newBuilder().addAllDenied(denied))
                .build();
    }

    SyncRequest change(Change change) {
        ObservedChange.Builder wire = ObservedChange.newBuilder().setIdentity(identity(change.key()));
        switch (change) {
            case Change.Present present ->
                wire.setJson(ByteString.copyFrom(present.json()))
                        .setResourceVersion(present.resourceVersion())
                        .setGeneration(present.generation())
                        .setManager(present.change().manager())
                        .setManagerOperation(present.change().operation())
                        .setManagerTime(present.change().time());
            case Change.Gone gone -> wire.setResourceVersion(gone.resourceVersion());
        }
        return SyncRequest.newBuilder().setChange(wire).build();
    }

    SyncRequest batchEnd(BatchEnd.Builder end) {
        return SyncRequest.newBuilder().setBatchEnd(end).build();
    }

    SyncRequest page(List<Comparison.Hashed> page, boolean last) {
        DigestPage.Builder wire = DigestPage.newBuilder().setLast(last);
        page.forEach(each -> wire.addObjects(ObjectDigest.newBuilder()
                .setIdentity(identity(each.key()))
                .setContentHash(ByteString.copyFrom(each.hash()))));
        return SyncRequest.newBuilder().setDigestPage(wire).build();
    }

    private ResourceIdentity identity(ObjectKey key) {
        return ResourceIdentity.newBuilder()
                .setCluster(cluster)
                .setGroup(key.group())
                .setKind(key.kind())
                .setNamespace(key.namespace())
                .setName(key.name())
                .build();
    }

    static ObjectKey key(ResourceIdentity identity) {
        return new ObjectKey(identity.getGroup(), identity.getKind(), identity.getNamespace(), identity.getName());
    }

    /** What is not seen, in the order of group and kind. */
    static List<ListDenied> denied(Map<ServedKind, Standing> standings, Collection<Sights.Left> left) {
        List<ListDenied> denied = new ArrayList<>();
        standings.forEach((kind, standing) -> {
            switch (standing) {
                case Standing.Denied no ->
                    denied.add(of(kind).setPermission(no.permission())
                            .setReason(no.reason())
                            .build());
                case Standing.Failing failing ->
                    denied.add(of(kind).setReason("cannot be listed at present: " + failing.reason())
                            .setObjectsKept(true)
                            .build());
                case Standing.Starting starting -> {
                    // Waited for.
                }
                case Standing.Followed followed -> {
                    // Seen.
                }
            }
        });
        left.forEach(each -> denied.add(of(each.kind())
                .setReason(each.count() + " sightings of objects whose names cannot be kept are left out")
                .setObjectsKept(true)
                .build()));
        denied.sort(Comparator.comparing(ListDenied::getGroup)
                .thenComparing(ListDenied::getKind)
                .thenComparing(ListDenied::getReason));
        return denied.subList(0, Math.min(DENIED_MAX, denied.size()));
    }

    private static ListDenied.Builder of(ServedKind kind) {
        return ListDenied.newBuilder().setGroup(kind.group()).setKind(kind.kind());
    }
}
