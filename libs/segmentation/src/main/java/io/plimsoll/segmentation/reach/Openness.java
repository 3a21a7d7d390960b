package io.plimsoll.segmentation.reach;

/** Whether pods exchange everything with everyone: with a pod of whom nothing is known, or with every address of a family. */
public enum Openness {
    /** Something is kept out for sure. */
    CLOSED,
    UNKNOWN,
    OPEN
}
