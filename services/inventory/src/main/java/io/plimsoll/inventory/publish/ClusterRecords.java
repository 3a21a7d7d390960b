package io.plimsoll.inventory.publish;

import com.google.protobuf.ByteString;
import io.plimsoll.api.resources.v1.ResourceBody;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.inventory.flow.Content;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.SubjectCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Records of one cluster as they stand on the topics, their version aside. Pure. */
public final class ClusterRecords {

    /** Most bytes of a value, as topics.yaml says. */
    public static final int VALUE_BYTES_MAX = 900 << 10;
    /** Room for the version. */
    private static final int STAMP_BYTES_MAX = 64;
    /** Longest key; no name Kubernetes takes makes one as long. */
    private static final int KEY_BYTES_MAX = 2_000;

    private ClusterRecords() {}

    /**
     * A resource as readers will have it, and its record.
     *
     * @param resource the one given, or where its record would be too large what is left of it
     * @param bodies SHA-256 of the canonical text of each of its declared bodies, in their order
     */
    public record Sized(Resource resource, Content content, List<ByteString> bodies) {}

    private static List<ByteString> bodyHashes(ResourceRecord record) {
        return record.getBodiesList().stream().map(ResourceBody::getContentHash).toList();
    }

    /**
     * Over the bound a resource first loses the lines of its fields, then everything but its identity; engines here judge what is left, so that
     * they say the same as those who read the topic.
     *
     * @param sourceName the upload or sensor it came from, empty when several
     */
    public static Sized resource(Resource resource, ClusterMode mode, String sourceName) {
        List<Supplier<Resource>> smallerAndSmaller =
                List.of(() -> resource, () -> withoutLines(resource), resource::keptByIdentity);
        for (Supplier<Resource> each : smallerAndSmaller) {
            Resource smaller = each.get();
            ResourceRecord record = ResourceCodec.toWire(smaller, Version.NONE, mode, sourceName);
            if (record.getSerializedSize() <= VALUE_BYTES_MAX - STAMP_BYTES_MAX) {
                return new Sized(smaller, new Content(ResourceCodec.content(record)), bodyHashes(record));
            }
        }
        throw tooLarge("the labels and annotations of " + resource.id() + " alone");
    }

    /** The subjects' records by key, in its order. */
    public static SortedMap<String, Content> subjects(Collection<Subject> subjects) {
        SortedMap<String, Content> contents = new TreeMap<>();
        SubjectCodec.toWire(subjects, Version.NONE)
                .forEach((id, record) ->
                        contents.put(key(TopicKey.resource(id)), bounded(id.toString(), SubjectCodec.content(record))));
        return contents;
    }

    /** The facts' records by key, in its order. */
    public static SortedMap<String, Content> facts(ClusterFacts facts) {
        SortedMap<String, Content> contents = new TreeMap<>();
        FactsCodec.toWire(facts, Version.NONE)
                .forEach((id, record) ->
                        contents.put(key(TopicKey.resource(id)), bounded(id.toString(), FactsCodec.content(record))));
        return contents;
    }

    /** @throws ProblemException of {@link Problem#UNPROCESSABLE} when it is longer than any name of Kubernetes makes it */
    public static String key(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new ProblemException(
                            Problem.UNPROCESSABLE,
                            "an object is called " + key.substring(0, 80) + "…: no name in Kubernetes is that long")
                    .over(KEY_BYTES_MAX + " bytes");
        }
        return key;
    }

    private static Content bounded(String what, byte[] bytes) {
        if (bytes.length > VALUE_BYTES_MAX - STAMP_BYTES_MAX) {
            throw tooLarge("what is to be said of " + what);
        }
        return new Content(bytes);
    }

    private static ProblemException tooLarge(String what) {
        return new ProblemException(Problem.TOO_LARGE, what + " is more than a record holds")
                .over(VALUE_BYTES_MAX + " bytes");
    }

    private static Resource withoutLines(Resource resource) {
        return new Resource(
                resource.id(),
                resource.version(),
                atLine(resource.body(), resource.body().line()),
                resource.source(),
                resource.variants().stream().map(ClusterRecords::withoutLines).toList());
    }

    private static Value atLine(Value value, int line) {
        return switch (value) {
            case Value.Obj obj -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                obj.fields().forEach((key, field) -> fields.put(key, atLine(field, line)));
                yield new Value.Obj(fields, line);
            }
            case Value.Arr arr ->
                new Value.Arr(
                        arr.values().stream().map(each -> atLine(each, line)).toList(), line);
            case Value.Text text -> new Value.Text(text.raw(), line);
            case Value.Num num -> new Value.Num(num.raw(), line);
            case Value.Bool bool -> new Value.Bool(bool.raw(), line);
            case Value.Null nothing -> new Value.Null(line);
        };
    }
}
