/** Ways into the cluster: which object opens which ports of which pods to whom. Policies are not asked here. */
@NullMarked
package io.plimsoll.segmentation.entry;

import org.jspecify.annotations.NullMarked;
