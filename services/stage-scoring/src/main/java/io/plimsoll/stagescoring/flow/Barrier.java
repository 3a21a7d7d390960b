package io.plimsoll.stagescoring.flow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether everything there is to know of a cluster's newest state is there: inventory's subjects and facts and the evidence of every analyser,
 * all closed at one version of the state, the evidence at one version of the declarations too. Until then nothing is scored, for as long as
 * it lasts.
 */
public sealed interface Barrier {

    /** Whoever has to answer before a cluster is scored. */
    List<String> ANALYSERS = List.of("config-audit", "image-scan", "network-segmentation");

    /**
     * All are there.
     *
     * @param evidence versions of the analysers' evidence, in their order: the same state may be answered anew
     */
    record Reached(Version input, ClusterMode mode, String evidence) implements Barrier {}

    /** Somebody is missing, by name: inventory while one of its own topics lags behind the other. */
    record Waiting(String writer) implements Barrier {}

    /** Inventory says that nothing is left of it: there is no cluster to ask about. */
    record Gone(Version input) implements Barrier {}

    /** @param declarations the version of them that this replica has read */
    static Barrier of(Views views, int partition, String cluster, long declarations) {
        MarkedView subjects = views.of(new Place(Topic.SUBJECTS, partition), cluster, Views.INVENTORY);
        MarkedView facts = views.of(new Place(Topic.FACTS, partition), cluster, Views.INVENTORY);
        if (!subjects.settled()
                || !facts.settled()
                || !subjects.mark().input().equals(facts.mark().input())) {
            return new Waiting(Views.INVENTORY);
        }
        Version input = facts.mark().input();
        if (facts.live().isEmpty() && subjects.live().isEmpty()) {
            return new Gone(input);
        }
        List<String> versions = new ArrayList<>();
        for (String analyser : ANALYSERS) {
            MarkedView evidence = views.of(new Place(Topic.EVIDENCE, partition), cluster, analyser);
            if (!evidence.settled()
                    || !evidence.mark().input().equals(input)
                    || mark(evidence).getDeclarationsNumber() != declarations) {
                return new Waiting(analyser);
            }
            versions.add(evidence.mark().toString());
        }
        return new Reached(input, KernelCodec.fromWire(mark(facts).getMode()), String.join(" ", versions));
    }

    private static Mark mark(MarkedView view) {
        try {
            return Mark.parseFrom(view.markValue());
        } catch (InvalidProtocolBufferException e) {
            return Mark.getDefaultInstance();
        }
    }
}
