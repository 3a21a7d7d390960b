/** The tree of one Kubernetes object, each value with its line in the file. */
@NullMarked
package io.plimsoll.kubernetes.value;

import org.jspecify.annotations.NullMarked;
