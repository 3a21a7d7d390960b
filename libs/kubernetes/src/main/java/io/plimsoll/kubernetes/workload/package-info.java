/** What runs: pod templates, containers, owners folded to the top owner. */
@NullMarked
package io.plimsoll.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
