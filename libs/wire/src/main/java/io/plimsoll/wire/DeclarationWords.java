package io.plimsoll.wire;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.declarations.v1.AdoptionDeclaration;
import io.plimsoll.api.declarations.v1.ApplicationDeclaration;
import io.plimsoll.api.declarations.v1.ClusterDeclaration;
import io.plimsoll.api.declarations.v1.Criticality;
import io.plimsoll.api.declarations.v1.FrameworkDeclaration;
import io.plimsoll.api.declarations.v1.NamespaceRef;
import io.plimsoll.api.declarations.v1.RegistryDeclaration;
import io.plimsoll.api.declarations.v1.TeamDeclaration;
import io.plimsoll.api.declarations.v1.WaiverSelector;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Attestation;
import io.plimsoll.kernel.declaration.DeclaredApplication;
import io.plimsoll.kernel.declaration.DeclaredCluster;
import io.plimsoll.kernel.declaration.DeclaredScope;
import io.plimsoll.kernel.declaration.DeclaredTeam;
import io.plimsoll.kernel.declaration.Framework;
import io.plimsoll.kernel.declaration.NewDevelopment;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.kernel.declaration.Waiver;
import java.time.Instant;
import java.util.Locale;

/** Single statements and their parts, for {@link DeclarationsCodec}. */
final class DeclarationWords {

    private static final String CRITICALITY = "CRITICALITY_";

    private DeclarationWords() {}

    static Timestamp toWire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Instant fromWire(Timestamp wire) {
        return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    }

    static NamespaceRef toWire(DeclaredScope.Namespace namespace) {
        return NamespaceRef.newBuilder()
                .setCluster(namespace.cluster())
                .setNamespace(namespace.namespace())
                .build();
    }

    /** @param word empty when nobody said */
    static Criticality criticality(String word) {
        return word.isEmpty()
                ? Criticality.CRITICALITY_UNSPECIFIED
                : Criticality.valueOf(CRITICALITY + word.toUpperCase(Locale.ROOT));
    }

    private static String criticality(Criticality wire) {
        return wire.getNumber() <= 0
                ? ""
                : wire.name().substring(CRITICALITY.length()).toLowerCase(Locale.ROOT);
    }

    static io.plimsoll.api.declarations.v1.Attestation toWire(Attestation each) {
        var wire = io.plimsoll.api.declarations.v1.Attestation.newBuilder()
                .setId(each.id())
                .setControl(each.control())
                .setScope(scope(each.scope()))
                .setStatement(each.statement())
                .setAuthor(each.author())
                .setIssued(toWire(each.validity().issued()))
                .setExpires(toWire(each.validity().expires()));
        if (!each.whole()) {
            wire.setRatio(each.ratio());
        }
        return wire.build();
    }

    static io.plimsoll.api.declarations.v1.Waiver toWire(Waiver each) {
        return io.plimsoll.api.declarations.v1.Waiver.newBuilder()
                .setId(each.id())
                .setControl(each.control())
                .setSelector(WaiverSelector.newBuilder()
                        .setCluster(each.selector().cluster())
                        .setNamespace(each.selector().namespace())
                        .setKind(each.selector().kind())
                        .setName(each.selector().name()))
                .setReason(each.reason())
                .setTicket(each.ticket())
                .setRequestedBy(each.requestedBy())
                .setApprovedBy(each.approvedBy())
                .setExpires(toWire(each.expires()))
                .build();
    }

    static DeclaredTeam fromWire(TeamDeclaration wire) {
        return new DeclaredTeam(
                wire.getName(),
                wire.getNamespacesList().stream()
                        .map(each -> new DeclaredScope.Namespace(each.getCluster(), each.getNamespace()))
                        .toList(),
                wire.getChampion());
    }

    static DeclaredApplication fromWire(ApplicationDeclaration wire) {
        return new DeclaredApplication(
                wire.getName(),
                new DeclaredScope.Namespace(wire.getCluster(), wire.getNamespace()),
                wire.getTeam(),
                KernelCodec.fromWire(wire.getLifecycle()),
                criticality(wire.getCriticality()));
    }

    static ApprovedRegistry fromWire(RegistryDeclaration wire, Source source) {
        return new ApprovedRegistry(
                wire.getPrefix(),
                wire.getPrivate(),
                wire.getAuthor(),
                new Validity(fromWire(wire.getIssued()), fromWire(wire.getExpires())),
                source);
    }

    static Framework fromWire(FrameworkDeclaration wire, Source source) {
        return new Framework(
                wire.getId(),
                wire.getTitle(),
                wire.getOwner(),
                wire.getAcknowledgedBy(),
                wire.hasAcknowledged() ? fromWire(wire.getAcknowledged()) : null,
                source);
    }

    static DeclaredCluster fromWire(ClusterDeclaration wire) {
        return new DeclaredCluster(
                wire.getName(),
                KernelCodec.fromWire(wire.getLifecycle()),
                wire.getProvider(),
                wire.getNodeAddressesList());
    }

    static NewDevelopment fromWire(AdoptionDeclaration wire) {
        return new NewDevelopment(
                wire.getNewDevelopmentInContainers(),
                wire.getAuthor(),
                new Validity(fromWire(wire.getIssued()), fromWire(wire.getExpires())));
    }

    static Attestation fromWire(io.plimsoll.api.declarations.v1.Attestation wire, Source source) {
        return new Attestation(
                wire.getId(),
                wire.getControl(),
                scope(wire.getScope()),
                wire.getStatement(),
                wire.getAuthor(),
                new Validity(fromWire(wire.getIssued()), fromWire(wire.getExpires())),
                wire.hasRatio() ? wire.getRatio() : 1.0,
                source);
    }

    static Waiver fromWire(io.plimsoll.api.declarations.v1.Waiver wire, Source source) {
        WaiverSelector selector = wire.getSelector();
        return new Waiver(
                wire.getId(),
                wire.getControl(),
                new Waiver.Selector(
                        selector.getCluster(), selector.getNamespace(), selector.getKind(), selector.getName()),
                wire.getReason(),
                wire.getTicket(),
                wire.getRequestedBy(),
                wire.getApprovedBy(),
                fromWire(wire.getExpires()),
                source);
    }

    private static ScopeRef scope(DeclaredScope scope) {
        ScopeRef.Builder wire = ScopeRef.newBuilder();
        return switch (scope) {
            case DeclaredScope.Organisation organisation ->
                wire.setKind(ScopeKind.SCOPE_KIND_ORGANISATION).build();
            case DeclaredScope.Cluster cluster ->
                wire.setKind(ScopeKind.SCOPE_KIND_CLUSTER)
                        .setCluster(cluster.cluster())
                        .build();
            case DeclaredScope.Namespace namespace ->
                wire.setKind(ScopeKind.SCOPE_KIND_NAMESPACE)
                        .setCluster(namespace.cluster())
                        .setNamespace(namespace.namespace())
                        .build();
            case DeclaredScope.Team team ->
                wire.setKind(ScopeKind.SCOPE_KIND_TEAM).setName(team.team()).build();
        };
    }

    private static DeclaredScope scope(ScopeRef wire) {
        return switch (wire.getKind()) {
            case SCOPE_KIND_ORGANISATION -> new DeclaredScope.Organisation();
            case SCOPE_KIND_CLUSTER -> new DeclaredScope.Cluster(wire.getCluster());
            case SCOPE_KIND_NAMESPACE -> new DeclaredScope.Namespace(wire.getCluster(), wire.getNamespace());
            case SCOPE_KIND_TEAM -> new DeclaredScope.Team(wire.getName());
            case SCOPE_KIND_UNSPECIFIED, SCOPE_KIND_APPLICATION, SCOPE_KIND_WORKLOAD, UNRECOGNIZED ->
                throw new IllegalArgumentException("nobody attests for a scope of kind " + wire.getKind());
        };
    }
}
