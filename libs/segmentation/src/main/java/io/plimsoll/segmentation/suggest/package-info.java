/** Least-privilege policies from what workloads declare to need, proven by the engine itself. */
@NullMarked
package io.plimsoll.segmentation.suggest;

import org.jspecify.annotations.NullMarked;
