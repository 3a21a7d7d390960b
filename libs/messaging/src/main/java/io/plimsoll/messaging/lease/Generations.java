package io.plimsoll.messaging.lease;

/** The writer's own counter in versions. */
public interface Generations {

    /**
     * The generation for this fingerprint of everything that is not a cluster's state (engine, model, declarations): the present one where it
     * is unchanged, else one higher, persisted before it is used.
     */
    long of(String fingerprint);
}
