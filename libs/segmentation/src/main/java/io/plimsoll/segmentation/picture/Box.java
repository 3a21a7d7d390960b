package io.plimsoll.segmentation.picture;

/** One end of an arrow. */
public sealed interface Box {

    /** All workloads of a namespace. */
    record OfNamespace(String name) implements Box {}

    /** A group, by its place in {@link Picture#groups}. */
    record OfGroup(int number) implements Box {}

    /** All addresses outside. */
    record Outside() implements Box {}

    /** Whatever pods serve Ingresses, Routes and Gateways. */
    record Controllers() implements Box {}
}
