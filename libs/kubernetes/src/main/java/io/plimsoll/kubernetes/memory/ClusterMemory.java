package io.plimsoll.kubernetes.memory;

import io.plimsoll.kernel.ClusterMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was made of one cluster, from one look at it to the next. Any thread; who looks while another does begins without memory. */
public final class ClusterMemory {

    private @Nullable KeptMemory kept;
    private @Nullable ClusterMode mode;

    /**
     * Looks at the cluster.
     *
     * @param now in which the cluster is: in another, what is made may say something else
     * @param work pure; what one that fails leaves behind is not gone on with
     */
    public <T> T look(ClusterMode now, Function<Memory, T> work) {
        KeptMemory memory = taken(now);
        memory.next();
        T made = work.apply(memory);
        keep(memory, now);
        return made;
    }

    private synchronized KeptMemory taken(ClusterMode now) {
        KeptMemory before = mode == now ? kept : null;
        kept = null;
        return before == null ? new KeptMemory() : before;
    }

    private synchronized void keep(KeptMemory memory, ClusterMode now) {
        kept = memory;
        mode = now;
    }
}
