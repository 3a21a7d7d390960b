package io.plimsoll.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.subjects.v1.SubjectRecord;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Subjects to {@code plimsoll.subjects.v1} and back: one record an object, with the subjects it gives rise to. */
public final class SubjectCodec {

    private SubjectCodec() {}

    /** One record for each object behind the subjects, in the order of identity. */
    public static Map<ResourceId, SubjectRecord> toWire(Collection<Subject> subjects, Version version) {
        Map<ResourceId, List<Subject>> byObject = new TreeMap<>();
        for (Subject subject : subjects) {
            byObject.computeIfAbsent(objectOf(subject.id()), id -> new ArrayList<>())
                    .add(subject);
        }
        Map<ResourceId, SubjectRecord> records = new TreeMap<>();
        byObject.forEach((id, members) -> {
            SubjectRecord.Builder record = SubjectRecord.newBuilder()
                    .setRevision(KernelCodec.toWire(version))
                    .setIdentity(KernelCodec.toWire(id));
            members.stream().sorted().forEach(member -> record.addSubjects(toWire(member)));
            records.put(id, record.build());
        });
        return records;
    }

    /** The record without its revision: equal bytes say nothing changed. */
    public static byte[] content(SubjectRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    public static List<Subject> fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        return SubjectRecord.parseFrom(bytes).getSubjectsList().stream()
                .map(SubjectCodec::fromWire)
                .toList();
    }

    /** Key of the record a subject stands in. */
    public static String key(SubjectId id) {
        return TopicKey.resource(objectOf(id));
    }

    /** Key of the record that holds an object's subjects, where it has any. */
    public static String key(ResourceId id) {
        return TopicKey.resource(new ResourceId(id.cluster(), "", id.kind(), id.namespace(), id.name()));
    }

    /** The kernel's subject carries no group; kind, namespace and name tell objects apart well enough for a key. */
    private static ResourceId objectOf(SubjectId id) {
        return new ResourceId(id.cluster(), "", id.object(), id.namespace(), id.name());
    }

    private static io.plimsoll.api.subjects.v1.Subject toWire(Subject subject) {
        return io.plimsoll.api.subjects.v1.Subject.newBuilder()
                .setRef(KernelCodec.toWire(subject.id()))
                .setTeam(subject.team())
                .setApplication(subject.application())
                .setTier(KernelCodec.toWire(subject.tier()))
                .setExposure(KernelCodec.toWire(subject.exposure()))
                .setLifecycle(KernelCodec.toWire(subject.lifecycle()))
                .addAllFlags(subject.flags())
                .setSource(KernelCodec.toWire(subject.source()))
                .setImage(subject.image())
                .build();
    }

    private static Subject fromWire(io.plimsoll.api.subjects.v1.Subject wire) {
        return new Subject(
                KernelCodec.fromWire(wire.getRef()),
                wire.getTeam(),
                wire.getApplication(),
                KernelCodec.fromWire(wire.getTier()),
                KernelCodec.fromWire(wire.getExposure()),
                KernelCodec.fromWire(wire.getLifecycle()),
                new HashSet<>(wire.getFlagsList()),
                wire.getImage(),
                KernelCodec.fromWire(wire.getSource()));
    }
}
