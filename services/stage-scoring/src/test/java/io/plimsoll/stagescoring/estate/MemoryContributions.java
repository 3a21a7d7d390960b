package io.plimsoll.stagescoring.estate;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.stagescoring.answer.Row;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.stagescoring.flow.Contribution;
import io.plimsoll.stagescoring.flow.ContributionStore;
import io.plimsoll.stagescoring.flow.Kept;
import io.plimsoll.wire.TalliesCodec;
import io.plimsoll.wire.TalliesCodec.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Contributions in memory, their tallies through the codec. */
public final class MemoryContributions implements ContributionStore {

    private final TalliesCodec codec = new TalliesCodec(Estate.MODEL);
    private final TreeMap<String, Kept> kept = new TreeMap<>();
    private final Map<String, Rows> rows = new TreeMap<>();
    private long change;
    private int saves;
    private Runnable whileSaving = () -> {};

    /** What happens besides whenever a contribution is written: time may pass. */
    public void whileSaving(Runnable happens) {
        whileSaving = happens;
    }

    /** How often a contribution was written. */
    public int saves() {
        return saves;
    }

    public Map<String, Kept> kept() {
        return kept;
    }

    /** Rows of all clusters. */
    public List<Rows> rows() {
        return List.copyOf(rows.values());
    }

    @Override
    public Changes since(Map<String, Long> known) {
        Set<String> gone = new HashSet<>(known.keySet());
        gone.removeAll(kept.keySet());
        List<Kept> changed = new ArrayList<>();
        kept.values().forEach(each -> {
            Long before = known.get(each.cluster());
            if (before == null || before != each.change()) {
                changed.add(each);
            }
        });
        return new Changes(changed, gone);
    }

    @Override
    public void save(Owner owner, Contribution.WithRows contribution) {
        Contribution given = contribution.contribution();
        SortedMap<ScopeKey, Part> read = new TreeMap<>();
        given.tallies().forEach((scope, part) -> {
            try {
                read.put(
                        scope,
                        codec.fromWire(codec.toWire(scope, given.cluster(), given.version(), part)
                                .toByteArray()));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
        Contribution stored = new Contribution(
                given.cluster(),
                given.version(),
                given.basis(),
                given.asOf(),
                given.mode(),
                given.facts(),
                given.used(),
                read);
        kept.put(given.cluster(), new Kept(given.cluster(), owner.partition(), stored, null, ++change));
        rows.put(given.cluster(), contribution.rows());
        saves++;
        whileSaving.run();
    }

    @Override
    public void await(Owner owner, String cluster, Instant since) {
        Kept before = kept.get(cluster);
        kept.put(
                cluster,
                new Kept(cluster, owner.partition(), before == null ? null : before.scored(), since, ++change));
    }

    @Override
    public void remove(Owner owner, String cluster, Instant at) {
        kept.remove(cluster);
        rows.remove(cluster);
    }

    /** All findings of the rows and of these, in the order of a page. */
    public static List<Row.OfFinding> inOrder(List<Rows> all) {
        List<Row.OfFinding> findings = new ArrayList<>();
        all.forEach(each -> findings.addAll(each.findings()));
        findings.sort((a, b) -> {
            int place = java.util.Arrays.compareUnsigned(a.place(), b.place());
            return place != 0 ? place : Integer.compare(a.tie(), b.tie());
        });
        return findings;
    }
}
