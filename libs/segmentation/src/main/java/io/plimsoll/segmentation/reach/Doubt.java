package io.plimsoll.segmentation.reach;

/** What policies that are not analysed could make of a side's verdicts. */
enum Doubt {
    NONE,
    /** They could keep out what the analysed policies allow. */
    RESTRICTED,
    /** They could allow as well as deny. */
    ANYTHING
}
