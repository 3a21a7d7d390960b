package io.plimsoll.inventory.flow;

import com.google.protobuf.ByteString;
import io.plimsoll.inventory.publish.ClusterRecords;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.memory.ClusterMemory;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One live cluster as it was published last: its objects as they were read, its resources as they were written down, and what stands on its topics.
 * The first two follow from the content alone, so that they hold whatever becomes of the transaction, and whoever else publishes; the last holds
 * of one revision. Any thread; one at a time publishes, as it holds the cluster's row.
 */
final class KnownCluster implements LiveObjects {

    private record Known(byte[] hash, DeclaredObject object) {}

    /**
     * A resource's record as it is written down.
     *
     * @param resource it was made of
     * @param kept what is left of it, see {@link ClusterRecords.Sized}
     * @param content null where it was made before
     */
    record Written(
            Resource resource,
            ClusterMode mode,
            String sourceName,
            Resource kept,
            byte[] hash,
            List<ByteString> bodies,
            @Nullable Content content) {

        static Written of(Resource resource, ClusterMode mode, String sourceName) {
            ClusterRecords.Sized sized = ClusterRecords.resource(resource, mode, sourceName);
            return new Written(
                    resource,
                    mode,
                    sourceName,
                    sized.resource(),
                    sized.content().hash(),
                    sized.bodies(),
                    sized.content());
        }

        Written withoutContent() {
            return new Written(resource, mode, sourceName, kept, hash, bodies, null);
        }

        Content made() {
            return content != null
                    ? content
                    : ClusterRecords.resource(resource, mode, sourceName).content();
        }

        /** What is the very object it was is written down as it was. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Resource other, ClusterMode otherMode, String otherSource) {
            return resource.body() == other.body()
                    && resource.version().equals(other.version())
                    && resource.source().equals(other.source())
                    && resource.variants().isEmpty()
                    && other.variants().isEmpty()
                    && mode == otherMode
                    && sourceName.equals(otherSource);
        }
    }

    private final CanonicalReader reader = new CanonicalReader();
    private final Map<ObjectKey, Known> objects = new HashMap<>();
    private final ClusterMemory memory = new ClusterMemory();
    private SetDigest digest = SetDigest.EMPTY;
    private long sequence = NOTHING;
    private @Nullable Standing standing;
    private Map<ResourceId, Written> records = new HashMap<>();

    /** Of what is made of its resources. */
    ClusterMemory memory() {
        return memory;
    }

    @Override
    public synchronized long sequence() {
        return sequence;
    }

    @Override
    public synchronized void put(ObjectKey key, byte[] hash, byte[] object) {
        Known before = objects.get(key);
        if (before == null || !Arrays.equals(before.hash(), hash)) {
            objects.put(key, new Known(hash, StoredObject.of(object, reader)));
            digest = before == null ? digest : digest.without(key, before.hash());
            digest = digest.with(key, hash);
        }
    }

    @Override
    public synchronized void remove(ObjectKey key) {
        Known before = objects.remove(key);
        if (before != null) {
            digest = digest.without(key, before.hash());
        }
    }

    @Override
    public synchronized void clear() {
        objects.clear();
        digest = SetDigest.EMPTY;
        sequence = NOTHING;
    }

    @Override
    public synchronized boolean told(long sequenceNow, SetDigest digestNow) {
        boolean same = digest.equals(digestNow);
        sequence = same ? sequenceNow : NOTHING;
        return same;
    }

    synchronized Collection<DeclaredObject> objects() {
        return objects.values().stream().map(Known::object).toList();
    }

    /** What stands on the topics, for whoever publishes next; nobody has it any more until it is given back by {@link #stands}. */
    synchronized Optional<Standing> standing() {
        Standing taken = standing;
        standing = null;
        return Optional.ofNullable(taken);
    }

    /** What stands on the topics now that it is committed. */
    synchronized void stands(Standing now) {
        standing = now;
    }

    /** The record of a resource: the one it had where it is the very resource. */
    synchronized Written written(Resource resource, ClusterMode mode, String sourceName) {
        Written known = records.get(resource.id());
        return known != null && known.isOf(resource, mode, sourceName) ? known : Written.of(resource, mode, sourceName);
    }

    /** These are all there are now, without their contents. */
    synchronized void remember(Collection<Written> all) {
        Map<ResourceId, Written> now = HashMap.newHashMap(all.size());
        all.forEach(each -> now.put(each.resource().id(), each));
        records = now;
    }
}
