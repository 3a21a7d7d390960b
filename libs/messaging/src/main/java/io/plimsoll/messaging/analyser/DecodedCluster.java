package io.plimsoll.messaging.analyser;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.wire.ResourceCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cluster's resources as decoded, so that a batch decodes only what it changed: what did not change is the same object again. Not safe for
 * use by two threads at once.
 */
final class DecodedCluster {

    private static final Logger LOG = LoggerFactory.getLogger(DecodedCluster.class);

    private final Map<String, Decoded> byKey = new HashMap<>();
    /** In the order in which states are sorted: sorting what is sorted costs little. */
    private final TreeMap<ResourceId, Resource> inOrder = new TreeMap<>();

    private record Decoded(MarkedView.Entry entry, Resource resource) {}

    /**
     * What was read.
     *
     * @param parked how many cannot be: they are left out, the partition goes on, and the log names each
     */
    record Read(List<Resource> resources, int parked) {}

    @SuppressWarnings("ReferenceEquality")
    Read read(Map<String, MarkedView.Entry> live) {
        int parked = 0;
        for (Map.Entry<String, MarkedView.Entry> each : live.entrySet()) {
            Decoded known = byKey.get(each.getKey());
            if (known == null || known.entry() != each.getValue()) {
                parked += decode(each.getKey(), each.getValue(), known) ? 0 : 1;
            }
        }
        if (byKey.size() > live.size() - parked) {
            byKey.entrySet().removeIf(each -> {
                boolean gone = !live.containsKey(each.getKey());
                if (gone) {
                    inOrder.remove(each.getValue().resource().id());
                }
                return gone;
            });
        }
        return new Read(List.copyOf(inOrder.values()), parked);
    }

    private boolean decode(String key, MarkedView.Entry entry, @Nullable Decoded before) {
        if (before != null) {
            byKey.remove(key);
            inOrder.remove(before.resource().id());
        }
        try {
            Resource resource = entry.resource() != null ? entry.resource() : ResourceCodec.fromWire(entry.value());
            byKey.put(key, new Decoded(entry, resource));
            inOrder.put(resource.id(), resource);
            return true;
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("key", key)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("resource cannot be read and is left out");
            return false;
        }
    }
}
