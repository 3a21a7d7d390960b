package io.plimsoll.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.declarations.v1.AdoptionDeclaration;
import io.plimsoll.api.declarations.v1.ApplicationDeclaration;
import io.plimsoll.api.declarations.v1.ClusterDeclaration;
import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.api.declarations.v1.FrameworkDeclaration;
import io.plimsoll.api.declarations.v1.OrganisationDeclaration;
import io.plimsoll.api.declarations.v1.RegistryDeclaration;
import io.plimsoll.api.declarations.v1.TeamDeclaration;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Attestation;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.DeclaredApplication;
import io.plimsoll.kernel.declaration.DeclaredCluster;
import io.plimsoll.kernel.declaration.DeclaredTeam;
import io.plimsoll.kernel.declaration.Framework;
import io.plimsoll.kernel.declaration.NewDevelopment;
import io.plimsoll.kernel.declaration.Waiver;
import io.plimsoll.kubernetes.value.Canonical;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people say to {@code plimsoll.declarations.v1} and back, one record a statement. The name of a record is the statement's own where it
 * is unique within its kind; an application's is {@code CLUSTER/NAMESPACE/NAME}, that of the organisation and of adoption the kind itself.
 * What is said twice under one name gets {@code #2}, {@code #3} and so on.
 */
public final class DeclarationsCodec {

    private static final Comparator<DeclarationRecord> ORDER = Comparator.comparing(DeclarationRecord::getPosition)
            .thenComparing(DeclarationRecord::getKind)
            .thenComparing(DeclarationRecord::getName);

    private DeclarationsCodec() {}

    /**
     * One record for each statement by its key, in the order of keys.
     *
     * @param number the version at which they hold
     */
    public static SortedMap<String, DeclarationRecord> toWire(Declarations said, long number) {
        Writing writing = new Writing(number);
        if (!said.organisation().isEmpty()) {
            writing.add(
                    "organisation",
                    "organisation",
                    Source.NONE,
                    record -> record.setOrganisation(
                            OrganisationDeclaration.newBuilder().setName(said.organisation())));
        }
        for (DeclaredTeam team : said.teams()) {
            TeamDeclaration.Builder wire =
                    TeamDeclaration.newBuilder().setName(team.name()).setChampion(team.champion());
            team.namespaces().forEach(each -> wire.addNamespaces(DeclarationWords.toWire(each)));
            writing.add("team", team.name(), Source.NONE, record -> record.setTeam(wire));
        }
        said.applications().forEach(writing::application);
        for (ApprovedRegistry registry : said.registries()) {
            writing.add(
                    "registry",
                    registry.prefix(),
                    registry.source(),
                    record -> record.setRegistry(RegistryDeclaration.newBuilder()
                            .setPrefix(registry.prefix())
                            .setPrivate(registry.isPrivate())
                            .setAuthor(registry.author())
                            .setIssued(
                                    DeclarationWords.toWire(registry.validity().issued()))
                            .setExpires(
                                    DeclarationWords.toWire(registry.validity().expires()))));
        }
        said.frameworks().forEach(writing::framework);
        for (DeclaredCluster cluster : said.clusters()) {
            writing.add(
                    "cluster",
                    cluster.name(),
                    Source.NONE,
                    record -> record.setCluster(ClusterDeclaration.newBuilder()
                            .setName(cluster.name())
                            .setLifecycle(KernelCodec.toWire(cluster.lifecycle()))
                            .setProvider(cluster.provider())
                            .addAllNodeAddresses(cluster.nodeAddresses())));
        }
        NewDevelopment share = said.newDevelopment();
        if (share != null) {
            writing.add(
                    "adoption",
                    "adoption",
                    Source.NONE,
                    record -> record.setAdoption(AdoptionDeclaration.newBuilder()
                            .setNewDevelopmentInContainers(share.ratio())
                            .setAuthor(share.author())
                            .setIssued(DeclarationWords.toWire(share.validity().issued()))
                            .setExpires(DeclarationWords.toWire(share.validity().expires()))));
        }
        for (Attestation each : said.attestations()) {
            writing.add(
                    "attestation",
                    each.id(),
                    each.source(),
                    record -> record.setAttestation(DeclarationWords.toWire(each)));
        }
        for (Waiver each : said.waivers()) {
            writing.add("waiver", each.id(), each.source(), record -> record.setWaiver(DeclarationWords.toWire(each)));
        }
        return writing.records;
    }

    /** The record without its number: equal bytes say nothing changed. */
    public static byte[] content(DeclarationRecord record) {
        return record.toBuilder().clearNumber().build().toByteArray();
    }

    /**
     * Everything said, from the records of all statements in any order; {@link Declarations#NONE} from none. The digest is that of the
     * records, which is not the digest of the file they came from.
     *
     * @throws IllegalArgumentException for a record that is no statement; one of a kind this reader does not know says nothing
     */
    public static Declarations fromRecords(Collection<byte[]> values) {
        if (values.isEmpty()) {
            return Declarations.NONE;
        }
        List<DeclarationRecord> records = new ArrayList<>();
        try {
            for (byte[] value : values) {
                records.add(DeclarationRecord.parseFrom(value));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a declaration: " + e.getMessage(), e);
        }
        records.sort(ORDER);
        return new Reading().of(records);
    }

    private interface Filling {
        DeclarationRecord.Builder fill(DeclarationRecord.Builder record);
    }

    private static final class Writing {

        private final long number;
        private final SortedMap<String, DeclarationRecord> records = new TreeMap<>();
        private String kind = "";
        private int position;

        Writing(long number) {
            this.number = number;
        }

        void add(String kindNow, String name, Source source, Filling filling) {
            position = kindNow.equals(kind) ? position + 1 : 0;
            kind = kindNow;
            String unique = name;
            for (int again = 2; records.containsKey(TopicKey.of(kind, unique)); again++) {
                unique = name + "#" + again;
            }
            DeclarationRecord.Builder record = DeclarationRecord.newBuilder()
                    .setNumber(number)
                    .setKind(kind)
                    .setName(unique)
                    .setPosition(position);
            if (!source.equals(Source.NONE)) {
                record.setSource(KernelCodec.toWire(source));
            }
            records.put(TopicKey.of(kind, unique), filling.fill(record).build());
        }

        void application(DeclaredApplication each) {
            ApplicationDeclaration wire = ApplicationDeclaration.newBuilder()
                    .setName(each.name())
                    .setCluster(each.namespace().cluster())
                    .setNamespace(each.namespace().namespace())
                    .setTeam(each.team())
                    .setLifecycle(KernelCodec.toWire(each.lifecycle()))
                    .setCriticality(DeclarationWords.criticality(each.criticality()))
                    .build();
            String name = each.namespace().cluster() + "/" + each.namespace().namespace() + "/" + each.name();
            add("application", name, Source.NONE, record -> record.setApplication(wire));
        }

        void framework(Framework each) {
            FrameworkDeclaration.Builder wire = FrameworkDeclaration.newBuilder()
                    .setId(each.id())
                    .setTitle(each.title())
                    .setOwner(each.owner())
                    .setAcknowledgedBy(each.acknowledgedBy());
            if (each.acknowledged() != null) {
                wire.setAcknowledged(DeclarationWords.toWire(each.acknowledged()));
            }
            add("framework", each.id(), each.source(), record -> record.setFramework(wire));
        }
    }

    private static final class Reading {

        private String organisation = "";
        private final List<DeclaredTeam> teams = new ArrayList<>();
        private final List<DeclaredApplication> applications = new ArrayList<>();
        private final List<ApprovedRegistry> registries = new ArrayList<>();
        private final List<Framework> frameworks = new ArrayList<>();
        private final List<DeclaredCluster> clusters = new ArrayList<>();
        private @Nullable NewDevelopment share;
        private final List<Attestation> attestations = new ArrayList<>();
        private final List<Waiver> waivers = new ArrayList<>();

        Declarations of(List<DeclarationRecord> records) {
            List<String> contents = new ArrayList<>();
            for (DeclarationRecord record : records) {
                Source source = KernelCodec.fromWire(record.getSource());
                switch (record.getDeclarationCase()) {
                    case ORGANISATION -> organisation = record.getOrganisation().getName();
                    case TEAM -> teams.add(DeclarationWords.fromWire(record.getTeam()));
                    case APPLICATION -> applications.add(DeclarationWords.fromWire(record.getApplication()));
                    case REGISTRY -> registries.add(DeclarationWords.fromWire(record.getRegistry(), source));
                    case FRAMEWORK -> frameworks.add(DeclarationWords.fromWire(record.getFramework(), source));
                    case CLUSTER -> clusters.add(DeclarationWords.fromWire(record.getCluster()));
                    case ADOPTION -> share = DeclarationWords.fromWire(record.getAdoption());
                    case ATTESTATION -> attestations.add(DeclarationWords.fromWire(record.getAttestation(), source));
                    case WAIVER -> waivers.add(DeclarationWords.fromWire(record.getWaiver(), source));
                    case DECLARATION_NOT_SET -> {
                        // Of a newer writer: what is not understood settles nothing.
                    }
                }
                contents.add(KernelCodec.hex(ByteString.copyFrom(content(record))));
            }
            Collections.sort(contents);
            return new Declarations(
                    Canonical.sha256(String.join("\n", contents)),
                    organisation,
                    teams,
                    applications,
                    registries,
                    frameworks,
                    clusters,
                    share,
                    attestations,
                    waivers);
        }
    }
}
