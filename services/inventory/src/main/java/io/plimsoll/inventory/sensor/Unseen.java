package io.plimsoll.inventory.sensor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.SensorCoverage;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.cluster.NotSeen;
import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.sensing.object.ObjectKey;
import java.util.List;

/** What a sensor does not see, and why. */
public record Unseen(List<ListDenied> kinds) {

    private static final int TEXT_CHARS_MAX = 300;

    public Unseen {
        kinds = List.copyOf(kinds);
    }

    public static Unseen of(byte[] coverage) {
        try {
            return new Unseen(SensorCoverage.parseFrom(coverage).getDeniedList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept coverage cannot be read", e);
        }
    }

    /** Whether nothing is known of the object being gone. */
    public boolean keeps(ObjectKey key) {
        return kinds.stream()
                .anyMatch(each -> each.getObjectsKept()
                        && (isAllOf(each)
                                ? key.group().equals(each.getGroup())
                                : key.isOfKind(each.getGroup(), each.getKind())));
    }

    /** A group that does not say what is in it: what was seen of it before stands, and nobody knows what else there is. */
    private static boolean isAllOf(ListDenied group) {
        return group.getKind().equals("*");
    }

    /** What is not shown any more, as objects that say so to every engine, each as it is kept. */
    public List<byte[]> objects() {
        return kinds.stream()
                .filter(each -> !each.getObjectsKept() || isAllOf(each))
                .map(each -> NotSeen.object(each.getGroup(), each.getKind()))
                .map(object -> StoredObject.bytes(
                        new DeclaredObject(object, NotSeen.GROUP, "v1", NotSeen.KIND, "", "", Source.NONE)))
                .toList();
    }

    /** As the gaps they are. */
    public List<Coverage> coverage(String cluster) {
        return kinds.stream()
                .map(each -> new Coverage("not-seen", text(cluster, each), Source.NONE))
                .toList();
    }

    private static String text(String cluster, ListDenied each) {
        String kind = each.getKind() + (each.getGroup().isEmpty() ? "" : "." + each.getGroup());
        String reason = each.getReason().length() > TEXT_CHARS_MAX
                ? each.getReason().substring(0, TEXT_CHARS_MAX) + "…"
                : each.getReason();
        String permission = each.getPermission().isEmpty()
                ? ""
                : "; the permission to " + each.getPermission() + " would settle it";
        return "the sensor of cluster " + cluster + " does not see " + kind
                + (reason.isEmpty() ? "" : ": " + reason) + permission
                + (each.getObjectsKept() ? "; what was seen before stands" : "; what depends on it is unknown");
    }
}
