package io.plimsoll.segmentation.reach;

import java.util.BitSet;

/**
 * Peers that a selector means, by number.
 *
 * @param certain peers that it means for sure; not to be changed
 * @param unsure further peers that it may mean; not to be changed
 */
record Matched(BitSet certain, BitSet unsure) {}
