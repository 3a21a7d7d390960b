package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;

/**
 * What one peer may send to another. Of a workload whose pods differ it is what any of them may.
 *
 * @param ports on which it is allowed
 * @param uncertain ports on which it depends on what manifests do not say; disjoint from {@code ports}, never to be counted
 *     as denied
 */
public record Connection(Endpoint source, Endpoint destination, PortSet ports, PortSet uncertain) {

    /** The part of it on some ports. */
    public Connection on(PortSet asked) {
        return new Connection(source, destination, ports.intersect(asked), uncertain.intersect(asked));
    }

    /** The same from another source. */
    public Connection from(Endpoint other) {
        return new Connection(other, destination, ports, uncertain);
    }

    /** What one of two connections between the same ends lets pass. */
    public Connection or(Connection other) {
        PortSet certain = ports.union(other.ports);
        return new Connection(
                source, destination, certain, uncertain.union(other.uncertain).minus(certain));
    }

    /** True unless it is certain that nothing passes. */
    boolean possible() {
        return !ports.isEmpty() || !uncertain.isEmpty();
    }

    /** {@code src,dst,conn} of what is certain; the ports are quoted where they hold a comma. */
    public String csv() {
        String text = ports.toString();
        return source + "," + destination + "," + (text.indexOf(',') < 0 ? text : '"' + text + '"');
    }
}
