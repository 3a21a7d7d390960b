/** How a workload can be reached from outside. */
@NullMarked
package io.plimsoll.kubernetes.exposure;

import org.jspecify.annotations.NullMarked;
