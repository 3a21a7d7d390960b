package io.plimsoll.imagescan.flow;

import io.plimsoll.analyser.KeptStates;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.assessment.image.DatedEvidence;
import io.plimsoll.assessment.image.ImageEvidence;
import io.plimsoll.assessment.image.ImageStanding;
import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.memory.ClusterMemory;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.lease.StoreDown;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is known of a cluster's images, joined to whoever runs them. Nothing is waited for: what is not read yet is UNKNOWN(scan-pending), and the
 * cluster is answered for again when it is. What other scanners left in the cluster counts where nothing better is known.
 *
 * <p>With no registry connected it says what {@code assess} says of the same files, byte for byte.
 */
@ApplicationScoped
public class ImageScan implements Analyser {

    /** What is dated is looked at again this often, since time alone may have changed its verdict. */
    private static final Duration AGE_EVERY = Duration.ofHours(1);

    /** While feeds move, image after image is matched anew; clusters are answered for once after all, or this often. */
    private static final Duration WAIT_MOST = Duration.ofSeconds(30);

    private final StageModel model = StageModel.builtin();
    private final ClusterAnalysis analysis = new ClusterAnalysis(model, AddOnCatalogue.builtin());
    private final ImageKnowledge knowledge;
    private final Connectors connectors;
    private final ImageScanConfig config;
    private final Clock clock;
    /** Clusters of which some evidence carries a moment. */
    private final Set<String> dated = ConcurrentHashMap.newKeySet();

    private final Map<String, ClusterMemory> remembered = new ConcurrentHashMap<>();

    /** What evidence stands on. */
    private volatile long seen = -1;

    private volatile long hour;
    private long looked;
    /** What the last look found; what goes on changing is waited for. */
    private long found = -1;

    private long unseenSince;

    ImageScan(ImageKnowledge knowledge, Connectors connectors, ImageScanConfig config, Clock clock) {
        this.knowledge = knowledge;
        this.connectors = connectors;
        this.config = config;
        this.clock = clock;
        this.hour = hourNow();
    }

    /** Questions are answered from tables, by any replica. */
    @Produces
    @Singleton
    KeptStates kept() {
        return new KeptStates(false);
    }

    @Override
    public String name() {
        return "image-scan";
    }

    @Override
    public String fingerprint() {
        String engine = "engine 3|model " + model.digest();
        if (!knows() && dated.isEmpty()) {
            return engine + "|no connector";
        }
        if (knows() && seen < 0) {
            seen = stored(knowledge::number);
        }
        return engine + "|" + connectors.fingerprint() + "|known " + seen + "|hour " + hour;
    }

    @Override
    public Collection<String> moved() {
        long now = System.nanoTime();
        if (looked != 0 && now - looked < config.publishEvery().toNanos()) {
            return List.of();
        }
        looked = now;
        Set<String> moved = new TreeSet<>();
        if (hourNow() != hour) {
            hour = hourNow();
            moved.addAll(dated);
        }
        if (knows() && seen >= 0 && quiet(stored(knowledge::number), now)) {
            long before = seen;
            // Taken over first: what comes in between is found again by the next look.
            seen = found;
            moved.addAll(stored(() -> knowledge.movedSince(before)));
        }
        return moved;
    }

    /** Whether anything of images can become known: from registries, or from bills that are matched with feeds. */
    private boolean knows() {
        return !connectors.isEmpty() || config.feeds().isPresent();
    }

    /** Whether something is new and nothing was added since the last look, or it was waited for long enough. */
    private boolean quiet(long number, long now) {
        boolean still = number == found;
        found = number;
        if (number == seen) {
            unseenSince = 0;
            return false;
        }
        if (unseenSince == 0) {
            unseenSince = now;
        }
        if (!still && now - unseenSince < WAIT_MOST.toNanos()) {
            return false;
        }
        unseenSince = 0;
        return true;
    }

    private long hourNow() {
        return clock.instant().getEpochSecond() / AGE_EVERY.toSeconds();
    }

    @Override
    public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
        Inventory inventory = remembered
                .computeIfAbsent(state.name(), name -> new ClusterMemory())
                .look(state.mode(), memory -> analysis.inventory(state, declared, memory));
        List<Evidence> evidence =
                together(stored(() -> ofImages(state.name(), inventory)), analysis.imageEvidence(inventory));
        if (evidence.stream().anyMatch(each -> DatedEvidence.moment(each).isPresent())) {
            dated.add(state.name());
        } else {
            dated.remove(state.name());
        }
        return evidence;
    }

    private List<Evidence> ofImages(String cluster, Inventory inventory) {
        List<Use> uses = ImageUses.of(inventory, config.platform(), connectors.usesPullSecrets());
        Set<Asked> connected = new HashSet<>();
        uses.forEach(use -> {
            if (connectors.reaches(ImageReference.of(use.asked().reference()))) {
                connected.add(use.asked());
            }
        });
        Map<Asked, String> billed = billed(uses, connected);
        knowledge.replace(cluster, uses, connected, billed);
        connected.addAll(billed.keySet());
        if (connected.isEmpty()) {
            return List.of();
        }
        knowledge.history(cluster);
        ImageKnowledge.Answers answers = knowledge.of(cluster);
        List<Evidence> evidence = new ArrayList<>();
        for (Use use : uses) {
            evidence.addAll(ImageEvidence.of(
                    use.subject(), use.asked().reference(), standing(use, connected.contains(use.asked()), answers)));
        }
        return evidence.stream().distinct().toList();
    }

    /** Images of registries that nobody is connected to, of which somebody put a bill. */
    private Map<Asked, String> billed(List<Use> uses, Set<Asked> connected) {
        Map<Asked, String> digests = new HashMap<>();
        uses.stream()
                .map(Use::asked)
                .filter(asked -> !connected.contains(asked))
                .forEach(asked -> {
                    String digest = ImageReference.of(asked.reference()).digest();
                    if (!digest.isEmpty()) {
                        digests.put(asked, digest);
                    }
                });
        Set<String> known = knowledge.billed(Set.copyOf(digests.values()));
        digests.values().retainAll(known);
        return digests;
    }

    private static ImageStanding standing(Use use, boolean connected, ImageKnowledge.Answers answers) {
        if (!connected) {
            return new ImageStanding.NotConnected();
        }
        ImageReference reference = ImageReference.of(use.asked().reference());
        return switch (reference.pin()) {
            case BUILT, UNREADABLE -> new ImageStanding.Unresolved("it names no image");
            case DIGEST, TAG, FLOATING ->
                answers.of(new ImageKnowledge.Question(
                                use.asked(),
                                use.subject().id().namespace(),
                                use.subject().application()))
                        .map(known -> known.standing(!reference.digest().isEmpty()))
                        .orElseGet(() -> new ImageStanding.Pending("it waits to be read"));
        };
    }

    private record Answered(String control, SubjectId subject) {
        static Answered of(Evidence evidence) {
            return new Answered(evidence.control(), evidence.subject());
        }
    }

    /** Reports of others stand where what was read here leaves the question open, and instead of it. */
    static List<Evidence> together(List<Evidence> own, List<Evidence> others) {
        Set<Answered> settled = new HashSet<>();
        own.stream()
                .filter(each -> each.state() != EvidenceState.UNKNOWN
                        || DatedEvidence.moment(each).isPresent())
                .forEach(each -> settled.add(Answered.of(each)));
        Set<Answered> reported = new HashSet<>();
        List<Evidence> together = new ArrayList<>();
        for (Evidence each : others) {
            if (!settled.contains(Answered.of(each))) {
                reported.add(Answered.of(each));
                together.add(each);
            }
        }
        own.stream().filter(each -> !reported.contains(Answered.of(each))).forEach(together::add);
        return together;
    }

    /** A database that is away interrupts the corridor, which begins anew; it is no fault of the engine. */
    private static <T> T stored(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.problem() == Problem.STORE_AWAY || e.problem() == Problem.TOO_MANY) {
                throw new StoreDown(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    @Override
    public void forget(String cluster) {
        dated.remove(cluster);
        remembered.remove(cluster);
    }
}
