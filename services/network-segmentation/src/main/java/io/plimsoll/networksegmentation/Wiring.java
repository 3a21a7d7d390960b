package io.plimsoll.networksegmentation;

import io.plimsoll.networksegmentation.flow.Overlays;
import io.plimsoll.networksegmentation.flow.SharedWork;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the answers share, within the bounds of the configuration. */
@Singleton
class Wiring {

    @Produces
    @Singleton
    SharedWork shared(SegmentationConfig config) {
        return new SharedWork(config.analysesMax(), config.turnWithin());
    }

    @Produces
    @Singleton
    Overlays overlays(SegmentationConfig config) {
        return new Overlays(config.overlaysKeptMax());
    }
}
