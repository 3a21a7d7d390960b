package io.plimsoll.networksegmentation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every knob of the answers. */
@ConfigMapping(prefix = "plimsoll.segmentation")
public interface SegmentationConfig {

    /** How long a page is filled. Over: it is handed out as it is, and the next one goes on from there. */
    @WithDefault("4s")
    Duration pageWithin();

    /** Long analyses under way at a time: what-ifs, suggestions, figures, exposures. More wait, then are asked to come again. */
    @WithDefault("2")
    int analysesMax();

    /** How long a call waits for its turn, or for what another one has begun. */
    @WithDefault("8s")
    Duration turnWithin();

    /** What-ifs kept, so that their pages are not analysed anew. Full: the one asked for longest ago goes. */
    @WithDefault("4")
    int overlaysKeptMax();

    /** Workloads of a cluster beyond which no policies are suggested: the proof looks at every pair. */
    @WithDefault("5000")
    int suggestWorkloadsMax();

    /** Workloads of a cluster beyond which nothing is said of how trouble spreads: a row for each is held. At most 20,000. */
    @WithDefault("20000")
    int blastWorkloadsMax();

    /** Policies of a cluster beyond which none is said to decide nothing: each rule is tried against all others of its pods. */
    @WithDefault("5000")
    int ruleFindingsPoliciesMax();
}
