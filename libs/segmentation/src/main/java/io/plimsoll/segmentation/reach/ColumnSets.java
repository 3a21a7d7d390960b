package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Peer;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which columns a rule's peers mean; equal peers are looked up once. One thread. */
final class ColumnSets {

    private final Columns columns;
    private final PeerSets peerSets;
    private final int end;
    private final Map<Peer, Matched> known = new HashMap<>();

    /** @param peerSets of all peers that columns were told apart by */
    ColumnSets(Columns columns, PeerSets peerSets) {
        this(columns, peerSets, columns.size());
    }

    /** @param end columns from this one on are left out of what is answered */
    ColumnSets(Columns columns, PeerSets peerSets, int end) {
        this.columns = columns;
        this.peerSets = peerSets;
        this.end = end;
    }

    Columns columns() {
        return columns;
    }

    /** The columns that any of the peers means. */
    Matched of(Collection<Peer> peers) {
        if (peers.size() == 1) {
            return of(peers.iterator().next());
        }
        BitSet certain = new BitSet();
        BitSet unsure = new BitSet();
        for (Peer peer : peers) {
            Matched matched = of(peer);
            certain.or(matched.certain());
            unsure.or(matched.unsure());
        }
        unsure.andNot(certain);
        return new Matched(certain, unsure);
    }

    private Matched of(Peer peer) {
        return known.computeIfAbsent(peer, asked -> {
            Matched peers = peerSets.of(java.util.List.of(asked));
            return new Matched(
                    columns.of(peers.certain()).get(0, end),
                    columns.of(peers.unsure()).get(0, end));
        });
    }
}
