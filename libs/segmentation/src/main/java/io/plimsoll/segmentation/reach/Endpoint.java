package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.AddressRange;

/** One end of a connection. */
public sealed interface Endpoint {

    /** All pods of one owner; {@code shop/cart[Deployment]} for people. */
    record OfWorkload(ResourceId id) implements Endpoint {
        @Override
        public String toString() {
            return id.namespace() + "/" + id.name() + "[" + id.kind() + "]";
        }
    }

    /** Addresses outside the cluster; {@code 10.0.0.0-10.255.255.255[External]} for people. */
    record External(AddressRange range) implements Endpoint {
        @Override
        public String toString() {
            return range + "[External]";
        }
    }
}
