package io.plimsoll.segmentation.policy;

import java.util.List;

/**
 * The policies of one tier with the same priority, one list of readings per identity. Kubernetes does not say which of two is
 * asked first, nor which of two readings is in force: where they disagree the answer is not known.
 *
 * @param readings of all policies, in the order of their identity
 */
public record PriorityBand(int priority, List<TieredPolicy> readings) {

    public PriorityBand {
        readings = List.copyOf(readings);
    }
}
