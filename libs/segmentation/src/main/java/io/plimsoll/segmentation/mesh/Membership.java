package io.plimsoll.segmentation.mesh;

/** Whether traffic of pods goes through the proxies of a mesh. */
public enum Membership {
    IN,
    OUT,
    UNKNOWN
}
