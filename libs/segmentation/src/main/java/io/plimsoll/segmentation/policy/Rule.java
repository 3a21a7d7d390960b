package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.List;

/**
 * One rule of a policy.
 *
 * @param peers those of the grant in the order of the manifest, one for each item of {@code from} or {@code to}; where none is written,
 *     or one cannot be read, not as many
 * @param path in the policy, for instance {@code spec.ingress[0]}
 */
public record Rule(ResourceId policy, Grant grant, List<Peer> peers, String path, Source source) {

    public Rule {
        peers = List.copyOf(peers);
    }

    /** A rule whose peers are not looked at one by one. */
    Rule(ResourceId policy, Grant grant, String path, Source source) {
        this(policy, grant, List.of(), path, source);
    }

    /** Its place among the rules of its direction, from 1; 1 where there is no list. */
    public int number() {
        int open = path.lastIndexOf('[');
        return open < 0 ? 1 : Integer.parseInt(path.substring(open + 1, path.length() - 1)) + 1;
    }
}
