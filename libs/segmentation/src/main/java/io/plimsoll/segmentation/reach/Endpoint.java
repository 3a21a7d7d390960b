package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.topology.Stranger;

/** One end of a connection. */
public sealed interface Endpoint {

    /** True for a name people give it: {@code cart}, {@code shop/cart} or {@code shop/cart[Deployment]}. */
    default boolean isNamed(String name) {
        return toString().equals(name);
    }

    /** All pods of one owner; {@code shop/cart[Deployment]} for people. */
    record OfWorkload(ResourceId id) implements Endpoint {
        @Override
        public boolean isNamed(String name) {
            return name.equals(id.name()) || name.equals(id.namespace() + "/" + id.name()) || name.equals(toString());
        }

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

    /** Pods that are not in the input; {@code entire-cluster} or {@code shop/[pod with {app=web}]} for people. */
    record OfStranger(Stranger stranger) implements Endpoint {
        @Override
        public String toString() {
            return stranger.toString();
        }
    }

    /** Whatever pods serve Ingresses, Routes and Gateways; not known which. */
    record Controller() implements Endpoint {
        @Override
        public String toString() {
            return "{ingress-controller}";
        }
    }
}
