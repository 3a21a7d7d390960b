package io.plimsoll.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.resources.v1.FieldLine;
import io.plimsoll.api.resources.v1.ResourceBody;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        String json = Canonical.text(value);
        ResourceBody.Builder body = ResourceBody.newBuilder()
                .setVersion(version)
                .setJson(ByteString.copyFromUtf8(json))
                .setContentHash(KernelCodec.bytes(Canonical.sha256(json)))
                .setSource(KernelCodec.toWire(source))
                .setSourceName(sourceName);
        new Lines(body).of(value, "");
        return body.build();
    }

    /**
     * The body as it was, lines included.
     *
     * @throws IllegalArgumentException when it is no JSON value
     */
    public static Value value(ResourceBody body) {
        try {
            // Not named after the object: a name that ends in .yaml would have it read as YAML.
            Value plain = SingleDocument.read("record", body.getJson().newInput());
            Map<String, Integer> lines = new HashMap<>();
            body.getLinesList().forEach(line -> lines.put(line.getPath(), line.getLine()));
            return new Placed(lines).of(plain, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in a record decides whether a resource changed: bodies, versions and positions, not the revision. */
    public static byte[] content(ResourceRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    public static Resource fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        return fromWire(ResourceRecord.parseFrom(bytes));
    }

    /** @throws IllegalArgumentException when the record holds no body, or one that is no JSON object */
    public static Resource fromWire(ResourceRecord record) {
        ResourceId id = KernelCodec.fromWire(record.getIdentity());
        List<Resource> bodies = new ArrayList<>();
        for (ResourceBody body : record.getBodiesList()) {
            bodies.add(new Resource(
                    id, body.getVersion(), value(body), KernelCodec.fromWire(body.getSource()), List.of()));
        }
        if (bodies.isEmpty()) {
            throw new IllegalArgumentException(id + " has no body");
        }
        Resource first = bodies.getFirst();
        return new Resource(id, first.version(), first.body(), first.source(), bodies.subList(1, bodies.size()));
    }

    private static String below(String path, String key) {
        return path + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** Sorted keys, as in the canonical JSON: both sides walk the same way. */
    private static Map<String, Value> sorted(Value.Obj obj) {
        return new java.util.TreeMap<>(obj.fields());
    }

    private static final class Lines {

        private final ResourceBody.Builder body;
        private int last;

        Lines(ResourceBody.Builder body) {
            this.body = body;
        }

        void of(Value value, String path) {
            if (value.line() != last) {
                last = value.line();
                body.addLines(FieldLine.newBuilder().setPath(path).setLine(last));
            }
            switch (value) {
                case Value.Obj obj -> sorted(obj).forEach((key, field) -> of(field, below(path, key)));
                case Value.Arr arr -> {
                    for (int i = 0; i < arr.values().size(); i++) {
                        of(arr.values().get(i), path + "/" + i);
                    }
                }
                case Value.Text text -> {}
                case Value.Num num -> {}
                case Value.Bool bool -> {}
                case Value.Null nothing -> {}
            }
        }
    }

    private static final class Placed {

        private final Map<String, Integer> lines;
        private int last;

        Placed(Map<String, Integer> lines) {
            this.lines = lines;
        }

        Value of(Value value, String path) {
            last = lines.getOrDefault(path, last);
            int line = last;
            return switch (value) {
                case Value.Obj obj -> {
                    Map<String, Value> fields = new LinkedHashMap<>();
                    sorted(obj).forEach((key, field) -> fields.put(key, of(field, below(path, key))));
                    yield new Value.Obj(fields, line);
                }
                case Value.Arr arr -> {
                    List<Value> values = new ArrayList<>();
                    for (int i = 0; i < arr.values().size(); i++) {
                        values.add(of(arr.values().get(i), path + "/" + i));
                    }
                    yield new Value.Arr(values, line);
                }
                case Value.Text text -> new Value.Text(text.raw(), line);
                case Value.Num num -> new Value.Num(num.raw(), line);
                case Value.Bool bool -> new Value.Bool(bool.raw(), line);
                case Value.Null nothing -> new Value.Null(line);
            };
        }
    }
}
