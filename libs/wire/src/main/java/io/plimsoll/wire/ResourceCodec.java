package io.plimsoll.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.plimsoll.api.resources.v1.FieldLine;
import io.plimsoll.api.resources.v1.ResourceBody;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.kubernetes.value.Pointer;
import io.plimsoll.kubernetes.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resources to {@code plimsoll.resources.v1} and back, without loss: what an engine reads from the record equals what it would have read from
 * the file, lines included. A line is written only where it differs from that of the value before it.
 */
public final class ResourceCodec {

    private ResourceCodec() {}

    /** @param sourceName the upload or sensor it came from, empty when several */
    public static ResourceRecord toWire(Resource resource, Version version, ClusterMode mode, String sourceName) {
        ResourceRecord.Builder record = ResourceRecord.newBuilder()
                .setRevision(KernelCodec.toWire(version))
                .setIdentity(KernelCodec.toWire(resource.id()))
                .setMode(KernelCodec.toWire(mode));
        StringBuilder hashes = new StringBuilder();
        for (Resource declared : resource.declared()) {
            ResourceBody body = body(declared.body(), declared.version(), declared.source(), sourceName);
            hashes.append(KernelCodec.hex(body.getContentHash()));
            record.addBodies(body);
        }
        return record.setContentHash(KernelCodec.bytes(Canonical.sha256(hashes.toString())))
                .build();
    }

    /** One body with the line of each field. */
    public static ResourceBody body(Value value, String version, Source source, String sourceName) {
        byte[] json = Canonical.text(value).getBytes(StandardCharsets.UTF_8);
        ResourceBody.Builder body = ResourceBody.newBuilder()
                .setVersion(version)
                .setContentHash(ByteString.copyFrom(Canonical.sha256(json)))
                .setJson(UnsafeByteOperations.unsafeWrap(json))
                .setSource(KernelCodec.toWire(source))
                .setSourceName(sourceName);
        new Lines(body).of(value);
        return body.build();
    }

    /**
     * The body as it was, lines included.
     *
     * @throws IllegalArgumentException when it is no JSON value
     */
    public static Value value(ResourceBody body) {
        return value(body, new CanonicalReader());
    }

    /** As {@link #value(ResourceBody)}, equal parts shared with what the reader has read before. */
    public static Value value(ResourceBody body, CanonicalReader reader) {
        Map<String, Integer> lines = new HashMap<>();
        body.getLinesList().forEach(line -> lines.put(line.getPath(), line.getLine()));
        return reader.read(body.getJson().newInput(), lines);
    }

    /** What stands in a record decides whether a resource changed: bodies, versions and positions, not the revision. */
    public static byte[] content(ResourceRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    public static Resource fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        return fromWire(bytes, new CanonicalReader());
    }

    /**
     * Equal parts are shared with what the reader has read before.
     *
     * @throws IllegalArgumentException when the record holds no body, or one that is no JSON object
     */
    public static Resource fromWire(byte[] bytes, CanonicalReader reader) throws InvalidProtocolBufferException {
        return fromWire(ResourceRecord.parseFrom(bytes), reader);
    }

    /** @throws IllegalArgumentException when the record holds no body, or one that is no JSON object */
    public static Resource fromWire(ResourceRecord record) {
        return fromWire(record, new CanonicalReader());
    }

    private static Resource fromWire(ResourceRecord record, CanonicalReader reader) {
        ResourceId id = KernelCodec.fromWire(record.getIdentity());
        List<Resource> bodies = new ArrayList<>();
        for (ResourceBody body : record.getBodiesList()) {
            bodies.add(new Resource(
                    id, body.getVersion(), value(body, reader), KernelCodec.fromWire(body.getSource()), List.of()));
        }
        if (bodies.isEmpty()) {
            throw new IllegalArgumentException(id + " has no body");
        }
        Resource first = bodies.getFirst();
        return new Resource(id, first.version(), first.body(), first.source(), bodies.subList(1, bodies.size()));
    }

    /** Sorted keys, as in the canonical JSON: both sides walk the same way. */
    private static final class Lines {

        private final ResourceBody.Builder body;
        /** Keys and places on the way to where the walk is. */
        private final ArrayDeque<Object> path = new ArrayDeque<>();

        private int last;

        Lines(ResourceBody.Builder body) {
            this.body = body;
        }

        void of(Value value) {
            if (value.line() != last) {
                last = value.line();
                body.addLines(FieldLine.newBuilder().setPath(pointer()).setLine(last));
            }
            switch (value) {
                case Value.Obj obj -> Canonical.sorted(obj).forEach(this::below);
                case Value.Arr arr -> {
                    for (int i = 0; i < arr.values().size(); i++) {
                        below(i, arr.values().get(i));
                    }
                }
                case Value.Text text -> {}
                case Value.Num num -> {}
                case Value.Bool bool -> {}
                case Value.Null nothing -> {}
            }
        }

        private void below(Object step, Value value) {
            path.addLast(step);
            of(value);
            path.removeLast();
        }

        private String pointer() {
            StringBuilder pointer = new StringBuilder();
            path.forEach(step -> pointer.append('/').append(Pointer.escaped(step.toString())));
            return pointer.toString();
        }
    }
}
