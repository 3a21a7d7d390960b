package io.plimsoll.inventory.flow;

import com.google.protobuf.ByteString;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.inventory.publish.ClusterRecords;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.SubjectCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a cluster's sources hold to what its topics say, within one transaction: rebuilds the cluster's state from all its objects, asks the
 * engines, and writes records that changed, tombstones for what is gone and the three marks at the next revision. Where nothing changed,
 * nothing is written and the revision stands. Immutable, any thread.
 */
public final class ClusterPublication {

    /** Most characters of all coverage of one cluster: it travels in one record. */
    private static final int COVERAGE_CHARS_MAX = 400_000;
    /** Source of what a sensor told. */
    private static final String SENSOR = "sensor";

    private final ClusterAnalysis analysis;
    private final String engine;
    private final Step.Watcher steps;
    private final KnownClusters known;

    /**
     * @param engine fingerprint of the analysis: another one may say something else of the same objects
     * @param known clusters as they were published before
     */
    public ClusterPublication(ClusterAnalysis analysis, String engine, Step.Watcher steps, KnownClusters known) {
        this.known = known;
        this.analysis = analysis;
        this.engine = engine;
        this.steps = steps;
    }

    public String engine() {
        return engine;
    }

    /** @param accepted the present time, for people */
    UploadOutcome publish(ClusterTransaction transaction, Instant accepted) {
        boolean unused = transaction.settled(false);
        ClusterRow row = transaction.cluster();
        if (!transaction.isSeen()) {
            return new UploadOutcome(row.revision(), 0, 0, 0, 0, List.of());
        }
        Version next = row.next();
        Reading reading = read(transaction, row);
        Optional<Standing> stood = reading.known()
                .flatMap(KnownCluster::standing)
                .filter(standing -> standing.revision().equals(row.revision()));
        Map<Topic, Map<String, ClusterTransaction.Hash>> before = stood.map(Standing::hashes)
                .orElseGet(() -> transaction.published(List.of(Topic.RESOURCES, Topic.SUBJECTS, Topic.FACTS)));
        TopicWriter resources = new TopicWriter(transaction, Topic.RESOURCES, next, before);
        Map<String, Resource> byKey = new TreeMap<>();
        reading.state().resources().forEach(each -> byKey.put(ClusterRecords.key(TopicKey.resource(each.id())), each));
        List<Resource> kept = new ArrayList<>(byKey.size());
        List<KnownCluster.Written> written = new ArrayList<>(reading.known().isPresent() ? byKey.size() : 0);
        Map<ResourceId, List<ByteString>> bodies = HashMap.newHashMap(byKey.size());
        byKey.forEach((key, resource) -> {
            KnownCluster.Written record = reading.written(resource, row.mode());
            kept.add(record.kept());
            bodies.put(resource.id(), record.bodies());
            resources.write(key, record.hash(), record::made, () -> listing(resource));
            if (reading.known().isPresent()) {
                written.add(record.withoutContent());
            }
        });
        resources.withdrawRest(byKey.keySet());
        reading.known().ifPresent(cluster -> cluster.remember(written));
        steps.after(Step.RESOURCES);

        ClusterState state = new ClusterState(row.name(), row.mode(), kept);
        ClusterContext declared = transaction.said().declarations().of(row.name());
        Inventory inventory = reading.known()
                .map(cluster ->
                        cluster.memory().look(row.mode(), memory -> analysis.inventory(state, declared, memory)))
                .orElseGet(() -> analysis.inventory(state, declared));
        List<Coverage> coverage = new ArrayList<>(reading.coverage());
        coverage.addAll(analysis.coverage(inventory));
        TopicWriter subjects = new TopicWriter(transaction, Topic.SUBJECTS, next, before);
        List<Subject> found = inventory.subjects();
        Map<String, String> teams = teams(found);
        var subjectRecords = ClusterRecords.subjects(found);
        subjectRecords.forEach((key, content) -> subjects.write(
                key,
                content.hash(),
                () -> content,
                () -> new ClusterTransaction.Listing("", "", "", teams.getOrDefault(key, ""))));
        subjects.withdrawRest(subjectRecords.keySet());
        TopicWriter facts = new TopicWriter(transaction, Topic.FACTS, next, before);
        var factRecords = ClusterRecords.facts(analysis.facts(inventory, bounded(coverage), each -> hex(bodies, each)));
        factRecords.forEach((key, content) ->
                facts.write(key, content.hash(), () -> content, () -> ClusterTransaction.Listing.NONE));
        facts.withdrawRest(factRecords.keySet());
        steps.after(Step.FACTS);

        Version revision = row.revision();
        List<TopicWriter> writers = List.of(resources, subjects, facts);
        SortedMap<String, SortedSet<String>> owners = owners(found);
        if (resources.wrote() || subjects.wrote() || facts.wrote() || revision.number() == 0) {
            revision = next;
            for (TopicWriter each : writers) {
                transaction.mark(each.topic, next, each.mark(row, accepted));
            }
            if (!stood.map(Standing::owners).filter(owners::equals).isPresent()) {
                transaction.owners(owners);
            }
        }
        steps.after(Step.MARKED);
        Instant now = revision.equals(row.revision()) && row.accepted() != null ? row.accepted() : accepted;
        transaction.accept(row.at(revision, resources.count, now, engine));
        Version standing = revision;
        reading.known()
                .ifPresent(cluster -> transaction.committed(() -> {
                    writers.forEach(TopicWriter::committed);
                    cluster.stands(new Standing(standing, before, owners));
                }));
        steps.after(Step.ACCEPTED);
        return new UploadOutcome(
                revision,
                resources.added,
                resources.changed,
                resources.removed,
                resources.count - resources.added - resources.changed,
                reading.coverage());
    }

    /**
     * Everything of the cluster once more, at a new epoch.
     *
     * @param topicEpoch newest epoch the topics know of the cluster, 0 for none
     * @param onTopics keys the topics hold, by topic: what is not kept here ends
     */
    void rebuild(ClusterTransaction transaction, long topicEpoch, Map<Topic, Set<String>> onTopics, Instant now) {
        if (!transaction.settled(true)) {
            return;
        }
        ClusterRow row = transaction.cluster();
        Version version = new Version(Math.max(row.revision().epoch(), topicEpoch) + 1, 1, 0);
        if (row.revision().number() == 0) {
            return;
        }
        // Computed first, so that what is written again is what holds now: against what is kept, not what was known of
        // it.
        known.forget(row.name());
        publish(transaction, now);
        for (Topic topic : List.of(Topic.RESOURCES, Topic.SUBJECTS, Topic.FACTS)) {
            Map<String, ClusterTransaction.Hash> live =
                    new TreeMap<>(transaction.published(List.of(topic)).get(topic));
            transaction.publishAgain(topic, version);
            for (String key : onTopics.getOrDefault(topic, Set.of())) {
                if (!live.containsKey(key)) {
                    transaction.end(topic, key, version);
                }
            }
            MessageDigest digest = Content.sha256();
            live.forEach((key, hash) -> update(digest, key, hash.bytes()));
            transaction.mark(topic, version, Marks.of(row, version, live.size(), digest.digest(), null));
        }
        ClusterRow published = transaction.cluster();
        transaction.accept(new ClusterRow(
                row.name(),
                row.mode(),
                row.partition(),
                version,
                published.objects(),
                published.accepted(),
                row.incomplete(),
                engine));
        steps.after(Step.ACCEPTED);
    }

    /** Of the text a record holds: what it was made of is not written down once more to be digested. */
    private static List<String> hex(Map<ResourceId, List<ByteString>> bodies, Resource resource) {
        return bodies.getOrDefault(resource.id(), List.of()).stream()
                .map(KernelCodec::hex)
                .toList();
    }

    private static void update(MessageDigest digest, String key, byte[] hash) {
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(hash);
    }

    /** @param known of the cluster; empty where nothing is kept of it */
    private record Reading(ClusterState state, Sources sources, List<Coverage> coverage, Optional<KnownCluster> known) {

        KnownCluster.Written written(Resource resource, ClusterMode mode) {
            String source = sources.of(resource);
            return known.map(cluster -> cluster.written(resource, mode, source))
                    .orElseGet(() -> KnownCluster.Written.of(resource, mode, source));
        }
    }

    private Reading read(ClusterTransaction transaction, ClusterRow row) {
        ClusterStateBuilder builder = new ClusterStateBuilder(row.name(), row.mode());
        List<Coverage> coverage = new ArrayList<>(transaction.coverage());
        Sources sources = new Sources();
        CanonicalReader reader = new CanonicalReader();
        Consumer<Problem> problems = problem -> coverage.add(coverage(problem));
        transaction.eachObject((source, bytes) -> {
            DeclaredObject object = StoredObject.of(bytes, reader);
            sources.note(object.source(), source);
            builder.add(object, problems);
        });
        Consumer<DeclaredObject> live = object -> {
            sources.note(object.source(), SENSOR);
            builder.addProjected(object, problems);
        };
        long count = transaction.liveCount();
        Optional<KnownCluster> cluster = count == 0 ? Optional.empty() : known.of(row.name(), count);
        cluster.ifPresentOrElse(
                here -> {
                    transaction.live(here);
                    here.objects().forEach(live);
                },
                () -> transaction.eachLive(bytes -> live.accept(StoredObject.of(bytes, reader))));
        transaction.unseen().forEach(bytes -> live.accept(StoredObject.of(bytes, reader)));
        ClusterState state = builder.build(problems);
        coverage.sort(Comparator.comparing(Coverage::source)
                .thenComparing(Coverage::kind)
                .thenComparing(Coverage::text));
        return new Reading(state, sources, coverage, cluster);
    }

    /** A problem of reading as the gap it leaves. */
    public static Coverage coverage(Problem problem) {
        boolean left = problem.severity() == Problem.Severity.SKIPPED;
        return new Coverage(left ? "document" : "notice", problem.message(), problem.source());
    }

    private static List<Coverage> bounded(List<Coverage> all) {
        List<Coverage> some = new ArrayList<>();
        int chars = 0;
        for (Coverage each : all) {
            chars += each.text().length() + each.source().file().length();
            if (chars > COVERAGE_CHARS_MAX) {
                some.add(new Coverage("notice", all.size() - some.size() + " more are not listed", Source.NONE));
                break;
            }
            some.add(each);
        }
        return UploadOutcome.bounded(some);
    }

    private static ClusterTransaction.Listing listing(Resource resource) {
        return new ClusterTransaction.Listing(
                resource.kind(), resource.namespace(), SubjectCodec.key(resource.id()), "");
    }

    /** The team of each subject record, by its key; teamless ones are left out. */
    private static Map<String, String> teams(List<Subject> subjects) {
        Map<String, String> teams = new HashMap<>();
        for (Subject subject : subjects) {
            if (!subject.team().isEmpty()) {
                teams.put(SubjectCodec.key(subject.id()), subject.team());
            }
        }
        return teams;
    }

    /** Which teams own something where; the whole cluster under the empty name. */
    private static SortedMap<String, SortedSet<String>> owners(List<Subject> subjects) {
        SortedMap<String, SortedSet<String>> owners = new TreeMap<>();
        for (Subject subject : subjects) {
            if (!subject.team().isEmpty()) {
                for (String namespace : List.of("", subject.id().namespace())) {
                    owners.computeIfAbsent(namespace, key -> new TreeSet<>()).add(subject.team());
                }
            }
        }
        return owners;
    }

    /** Which source an object came from, told by where it stood. */
    private static final class Sources {

        private final Map<Source, String> names = new HashMap<>();

        void note(Source place, String source) {
            names.merge(place, source, (a, b) -> a.equals(b) ? a : "");
        }

        /** Empty when several. */
        String of(Resource resource) {
            SortedSet<String> all = new TreeSet<>();
            resource.declared().forEach(each -> all.add(names.getOrDefault(each.source(), "")));
            return all.size() == 1 ? all.first() : "";
        }
    }

    /** One topic of one batch: compares, writes what differs, and counts for the mark. */
    private static final class TopicWriter {

        private final ClusterTransaction transaction;
        private final Topic topic;
        private final Version version;
        private final Map<String, ClusterTransaction.Hash> before;
        private final MessageDigest digest = Content.sha256();
        private final Map<String, ClusterTransaction.Hash> written = new HashMap<>();
        private final List<String> withdrawn = new ArrayList<>();
        private long count;
        private long added;
        private long changed;
        private long removed;

        /** @param before what stands on the topics */
        TopicWriter(
                ClusterTransaction transaction,
                Topic topic,
                Version version,
                Map<Topic, Map<String, ClusterTransaction.Hash>> before) {
            this.transaction = transaction;
            this.topic = topic;
            this.version = version;
            this.before = Objects.requireNonNull(before.get(topic));
        }

        /** In the order of keys. */
        void write(String key, byte[] hash, Supplier<Content> content, Supplier<ClusterTransaction.Listing> listing) {
            count++;
            ClusterPublication.update(digest, key, hash);
            ClusterTransaction.Hash known = before.get(key);
            if (known == null || !known.is(hash)) {
                added += known == null ? 1 : 0;
                changed += known == null ? 0 : 1;
                written.put(key, new ClusterTransaction.Hash(hash));
                transaction.publish(topic, key, content.get(), version, listing.get());
            }
        }

        /** @param keys of all that is there now: each was written */
        void withdrawRest(Set<String> keys) {
            removed = before.size() - (count - added);
            if (removed > 0) {
                before.keySet().stream()
                        .filter(key -> !keys.contains(key))
                        .sorted()
                        .forEach(withdrawn::add);
            }
            withdrawn.forEach(key -> transaction.withdraw(topic, key, version));
        }

        /** What stood on the topic is what stands on it now. */
        void committed() {
            before.putAll(written);
            withdrawn.forEach(before::remove);
        }

        boolean wrote() {
            return added + changed + removed > 0;
        }

        byte[] mark(ClusterRow row, Instant accepted) {
            return Marks.of(row, version, count, digest.digest(), accepted);
        }
    }
}
