package io.plimsoll.inventory.flow;

import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.Version;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Works off what waits: clusters that may look different after a declaration or with another engine, and rebuilds. Each in a transaction of
 * its own that also ends its waiting, so that a crash in between loses nothing and repeats nothing. One thread.
 */
public final class Recompute {

    private final InventoryStore store;
    private final ClusterPublication publication;
    private final OnTopics topics;
    private final Clock clock;
    private final Pace pace;
    /** Why a cluster could not be done when it was tried last, in the order in which that began. */
    private final Map<String, RuntimeException> failing = new LinkedHashMap<>();

    public Recompute(InventoryStore store, ClusterPublication publication, OnTopics topics, Clock clock, Pace pace) {
        this.pace = pace;
        this.store = store;
        this.publication = publication;
        this.topics = topics;
        this.clock = clock;
    }

    /** Before anything else: the declarations' first mark, and clusters of another engine. */
    public void begin() {
        store.engineIs(publication.engine());
        var unused = store.inDeclarations(transaction -> {
            if (transaction.number() == 0) {
                DeclarationsMark.write(transaction, Map.of(), 1);
                transaction.accept(1);
            }
            return true;
        });
    }

    /**
     * Works off what waits now and is due. One that cannot be done at present does not keep the others waiting.
     *
     * @param done told after each
     * @throws RuntimeException the first fault, when all were tried: that of a cluster that failed is thrown until it is done, put off or not
     */
    public void run(Runnable done) {
        pace.look();
        List<InventoryStore.Pending> waiting = store.pending();
        failing.keySet()
                .retainAll(waiting.stream().map(InventoryStore.Pending::cluster).collect(Collectors.toSet()));
        for (InventoryStore.Pending each : waiting) {
            if (!each.rebuild() && !pace.begins(each.cluster())) {
                continue;
            }
            try {
                run(each);
                failing.remove(each.cluster());
                done.run();
            } catch (RuntimeException e) {
                failing.put(each.cluster(), e);
            }
        }
        for (RuntimeException fault : failing.values()) {
            throw fault;
        }
    }

    /** How long until the first is due of those that the last run put off; empty where there was none. */
    public Optional<Duration> next() {
        return pace.next();
    }

    private void run(InventoryStore.Pending each) {
        if (each.cluster().isEmpty()) {
            declarations();
        } else if (each.rebuild()) {
            rebuild(each.cluster());
        } else {
            var unused =
                    store.inCluster(each.cluster(), transaction -> publication.publish(transaction, clock.instant()));
        }
    }

    private void rebuild(String cluster) {
        int partition = store.cluster(cluster).map(ClusterRow::partition).orElse(0);
        OnTopics.Held held = topics.cluster(cluster, partition);
        var unused = store.inCluster(cluster, transaction -> {
            publication.rebuild(transaction, held.epoch(), held.keys(), clock.instant());
            return true;
        });
    }

    private void declarations() {
        OnTopics.Held held = topics.declarations();
        var unused = store.inDeclarations(transaction -> {
            long number = Math.max(transaction.number(), held.number()) + 1;
            Map<String, DeclarationsTransaction.Statement> statements = transaction.statements();
            transaction.publishAgain(number);
            Set<String> known = held.keys().getOrDefault(Topic.DECLARATIONS, Set.of());
            List<String> ghosts =
                    known.stream().filter(key -> !statements.containsKey(key)).toList();
            ghosts.forEach(key -> transaction.relay(key, null, new Version(0, number, 0)));
            DeclarationsMark.write(transaction, statements, number);
            transaction.accept(number);
            transaction.settled();
            return true;
        });
    }
}
