package io.plimsoll.wire;

import com.google.protobuf.ByteString;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The words every payload is made of. An enum of the contract has the kernel's names after its own prefix; what a newer writer says and this
 * reader does not know becomes the cautious word: UNKNOWN, no reason, NONE.
 */
public final class KernelCodec {

    private KernelCodec() {}

    public static Revision toWire(Version version) {
        return Revision.newBuilder()
                .setEpoch(version.epoch())
                .setNumber(version.number())
                .setGeneration(version.generation())
                .build();
    }

    public static Version fromWire(Revision wire) {
        return new Version(wire.getEpoch(), wire.getNumber(), wire.getGeneration());
    }

    public static ResourceIdentity toWire(ResourceId id) {
        return ResourceIdentity.newBuilder()
                .setCluster(id.cluster())
                .setGroup(id.group())
                .setKind(id.kind())
                .setNamespace(id.namespace())
                .setName(id.name())
                .build();
    }

    public static ResourceId fromWire(ResourceIdentity wire) {
        return new ResourceId(wire.getCluster(), wire.getGroup(), wire.getKind(), wire.getNamespace(), wire.getName());
    }

    public static SubjectRef toWire(SubjectId id) {
        return SubjectRef.newBuilder()
                .setKind(io.plimsoll.api.kernel.v1.SubjectKind.valueOf(
                        "SUBJECT_KIND_" + id.kind().name()))
                .setCluster(id.cluster())
                .setNamespace(id.namespace())
                .setObject(id.object())
                .setName(id.name())
                .setContainer(id.container())
                .build();
    }

    /** @throws IllegalArgumentException for a kind of subject this reader does not know */
    public static SubjectId fromWire(SubjectRef wire) {
        return new SubjectId(
                word(SubjectKind.class, wire.getKind().name(), "SUBJECT_KIND_"),
                wire.getCluster(),
                wire.getNamespace(),
                wire.getObject(),
                wire.getName(),
                wire.getContainer());
    }

    public static io.plimsoll.api.kernel.v1.Source toWire(Source source) {
        return io.plimsoll.api.kernel.v1.Source.newBuilder()
                .setFile(source.file())
                .setDocument(source.document())
                .setLine(source.line())
                .build();
    }

    public static Source fromWire(io.plimsoll.api.kernel.v1.Source wire) {
        return wire.equals(io.plimsoll.api.kernel.v1.Source.getDefaultInstance())
                ? Source.NONE
                : new Source(wire.getFile(), wire.getDocument(), wire.getLine());
    }

    public static io.plimsoll.api.kernel.v1.Tier toWire(Tier tier) {
        return io.plimsoll.api.kernel.v1.Tier.valueOf("TIER_" + tier.name());
    }

    public static Tier fromWire(io.plimsoll.api.kernel.v1.Tier wire) {
        return word(Tier.class, wire.name(), "TIER_");
    }

    public static io.plimsoll.api.kernel.v1.Exposure toWire(Exposure exposure) {
        return io.plimsoll.api.kernel.v1.Exposure.valueOf("EXPOSURE_" + exposure.name());
    }

    public static Exposure fromWire(io.plimsoll.api.kernel.v1.Exposure wire) {
        return wire.getNumber() <= 0 ? Exposure.NONE : word(Exposure.class, wire.name(), "EXPOSURE_");
    }

    public static io.plimsoll.api.kernel.v1.Lifecycle toWire(Lifecycle lifecycle) {
        return io.plimsoll.api.kernel.v1.Lifecycle.valueOf("LIFECYCLE_" + lifecycle.name());
    }

    public static Lifecycle fromWire(io.plimsoll.api.kernel.v1.Lifecycle wire) {
        return known(wire.name()) ? word(Lifecycle.class, wire.name(), "LIFECYCLE_") : Lifecycle.UNSTATED;
    }

    public static io.plimsoll.api.kernel.v1.ClusterMode toWire(ClusterMode mode) {
        return io.plimsoll.api.kernel.v1.ClusterMode.valueOf("CLUSTER_MODE_" + mode.name());
    }

    public static ClusterMode fromWire(io.plimsoll.api.kernel.v1.ClusterMode wire) {
        return known(wire.name()) ? word(ClusterMode.class, wire.name(), "CLUSTER_MODE_") : ClusterMode.MANIFESTS;
    }

    public static io.plimsoll.api.kernel.v1.EvidenceState toWire(EvidenceState state) {
        return io.plimsoll.api.kernel.v1.EvidenceState.valueOf("EVIDENCE_STATE_" + state.name());
    }

    public static EvidenceState fromWire(io.plimsoll.api.kernel.v1.EvidenceState wire) {
        return known(wire.name()) ? word(EvidenceState.class, wire.name(), "EVIDENCE_STATE_") : EvidenceState.UNKNOWN;
    }

    public static io.plimsoll.api.kernel.v1.Severity toWire(Severity severity) {
        return io.plimsoll.api.kernel.v1.Severity.valueOf("SEVERITY_" + severity.name());
    }

    /** UNSPECIFIED for none. */
    public static io.plimsoll.api.kernel.v1.Reason toWire(@Nullable Reason reason) {
        return reason == null
                ? io.plimsoll.api.kernel.v1.Reason.REASON_UNSPECIFIED
                : io.plimsoll.api.kernel.v1.Reason.valueOf("REASON_" + reason.name());
    }

    /** Null for UNSPECIFIED, and for a word of a newer writer. */
    public static @Nullable Reason fromWire(io.plimsoll.api.kernel.v1.Reason wire) {
        for (Reason reason : Reason.values()) {
            if (wire.name().equals("REASON_" + reason.name())) {
                return reason;
            }
        }
        return null;
    }

    public static ScopeRef toWire(ScopeKey scope) {
        ScopeRef.Builder wire = ScopeRef.newBuilder()
                .setKind(io.plimsoll.api.kernel.v1.ScopeKind.valueOf(
                        "SCOPE_KIND_" + scope.kind().name()));
        String[] parts = scope.id().split("/", -1);
        return switch (scope.kind()) {
            case ORGANISATION -> wire.build();
            case TEAM -> wire.setName(scope.id().substring("team/".length())).build();
            case CLUSTER -> wire.setCluster(parts[1]).setName(parts[1]).build();
            case NAMESPACE ->
                wire.setCluster(parts[1])
                        .setNamespace(parts[2])
                        .setName(parts[2])
                        .build();
            case APPLICATION ->
                wire.setCluster(parts[1])
                        .setNamespace(parts[2])
                        .setName(scope.id().substring(("application/" + parts[1] + "/" + parts[2] + "/").length()))
                        .build();
        };
    }

    /** @throws IllegalArgumentException for a scope without a stage (a workload), or of a kind this reader does not know */
    public static ScopeKey fromWire(ScopeRef wire) {
        ScopeKind kind = word(ScopeKind.class, wire.getKind().name(), "SCOPE_KIND_");
        String place = wire.getCluster() + "/" + wire.getNamespace();
        // A cluster and a namespace are named twice; a caller who names them once is understood.
        return switch (kind) {
            case ORGANISATION -> ScopeKey.ORGANISATION;
            case TEAM -> new ScopeKey(kind, "team/" + wire.getName());
            case CLUSTER -> new ScopeKey(kind, "cluster/" + either(wire.getName(), wire.getCluster()));
            case NAMESPACE ->
                new ScopeKey(
                        kind, "namespace/" + wire.getCluster() + "/" + either(wire.getNamespace(), wire.getName()));
            case APPLICATION -> new ScopeKey(kind, "application/" + place + "/" + wire.getName());
        };
    }

    private static String either(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    public static io.plimsoll.api.kernel.v1.Coverage toWire(Coverage coverage) {
        return io.plimsoll.api.kernel.v1.Coverage.newBuilder()
                .setKind(coverage.kind())
                .setText(coverage.text())
                .setSource(toWire(coverage.source()))
                .build();
    }

    public static Coverage fromWire(io.plimsoll.api.kernel.v1.Coverage wire) {
        return new Coverage(wire.getKind(), wire.getText(), fromWire(wire.getSource()));
    }

    /** A digest in lower-case hex as bytes. */
    public static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    public static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static boolean known(String name) {
        return !name.equals("UNRECOGNIZED") && !name.endsWith("_UNSPECIFIED");
    }

    private static <E extends Enum<E>> E word(Class<E> type, String name, String prefix) {
        if (!known(name) || !name.startsWith(prefix)) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + name);
        }
        return Enum.valueOf(type, name.substring(prefix.length()));
    }
}
