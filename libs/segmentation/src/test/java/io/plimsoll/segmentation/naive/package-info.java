/** The specification once more, pod by pod and port by port, on plain maps; and random clusters to ask both. */
@NullMarked
package io.plimsoll.segmentation.naive;

import org.jspecify.annotations.NullMarked;
