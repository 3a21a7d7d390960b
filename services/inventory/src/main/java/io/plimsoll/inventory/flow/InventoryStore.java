package io.plimsoll.inventory.flow;

import io.plimsoll.kernel.ClusterMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What inventory keeps. Every call is a transaction of its own; what throws leaves nothing behind. Any thread.
 */
public interface InventoryStore {

    /** @param created false when it was registered before */
    record Registered(ClusterRow cluster, boolean created) {}

    /**
     * Registers the cluster in the least loaded partition; answers the one that is there otherwise, whatever its mode.
     *
     * @param partitions how many the cluster topics have
     */
    Registered register(String name, ClusterMode mode, int partitions);

    /** Runs the work in one transaction that holds the cluster's row; empty where no cluster is called so. */
    <T extends Object> Optional<T> inCluster(String cluster, Function<ClusterTransaction, T> work);

    /** Runs the work in one transaction that holds the declarations. */
    <T extends Object> T inDeclarations(Function<DeclarationsTransaction, T> work);

    /** Empty where none is called so. */
    Optional<ClusterRow> cluster(String name);

    /** A cluster that waits, or an empty name for the declarations. */
    record Pending(String cluster, boolean rebuild) {}

    /** What waits, in the order of names. */
    List<Pending> pending();

    /** Every cluster whose engine is another one waits from now on. */
    void engineIs(String engine);

    /** Everything waits to be written anew; what waits already waits once. */
    void rebuild();
}
