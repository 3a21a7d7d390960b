package io.plimsoll.segmentation.mesh;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One rule of an AuthorizationPolicy, cut down to who sends and to which ports.
 *
 * @param number its place, from 1
 * @param from of which one must match; anyone when empty
 * @param also what every one of must match: conditions under {@code when}
 * @param operations of which one must match; each with its ports
 * @param requests true when it asks about requests too: whether it matches a connection then depends on what is sent
 */
public record AuthorizationRule(
        int number, List<Senders> from, List<Senders> also, List<Operation> operations, boolean requests) {

    /**
     * @param ports of the pods, of TCP alone
     * @param requests true when it asks about methods, paths or hosts
     */
    public record Operation(PortSet ports, boolean requests) {}

    public AuthorizationRule {
        from = List.copyOf(from);
        also = List.copyOf(also);
        operations = List.copyOf(operations);
    }

    public Match ofPod(MeshPlace place, String namespace, Optional<AddressRange> address, MeshSettings settings) {
        return matched(senders -> senders.ofPod(place, namespace, address, settings));
    }

    public Match ofAddress(AddressRange address, MeshSettings settings) {
        return matched(senders -> senders.ofAddress(address, settings));
    }

    public Match ofAnyone() {
        return matched(Senders::ofAnyone);
    }

    private Match matched(Function<Senders, Match> match) {
        Match any = from.isEmpty() ? Match.YES : Match.NO;
        for (Senders senders : from) {
            any = any.or(match.apply(senders));
        }
        for (Senders senders : also) {
            any = any.and(match.apply(senders));
        }
        return any;
    }

    /** Every condition on senders. */
    List<Senders> senders() {
        List<Senders> all = new ArrayList<>(from);
        all.addAll(also);
        return all;
    }
}
