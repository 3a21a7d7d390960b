package io.plimsoll.inventory.flow;

/** What has just been done; between any two of them the process may end. */
public enum Step {
    /** The cluster's row is held. */
    LOCKED,
    /** The source's objects are replaced. */
    REPLACED,
    /** Resources are written. */
    RESOURCES,
    /** Subjects and facts are written. */
    FACTS,
    /** The marks are in the outbox. */
    MARKED,
    /** The cluster's row is at its new revision. */
    ACCEPTED,
    /** The transaction is committed and nobody was told. */
    COMMITTED,
    /** Declarations are written. */
    DECLARED,
    /** The relay has read a batch. */
    READ,
    /** The relay's batch is on the topics and still in the outbox. */
    RELAYED,
    /** The relay's batch is gone from the outbox. */
    REMOVED;

    /** Told of every step. In production it does nothing; a test ends the process here. */
    @FunctionalInterface
    public interface Watcher {

        Watcher NOBODY = step -> {};

        void after(Step step);
    }
}
