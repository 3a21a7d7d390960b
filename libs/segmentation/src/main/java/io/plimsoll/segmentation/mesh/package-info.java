/** What an Istio mesh says on top of the policies of the network, cut down to addresses and ports; requests are flagged. */
@NullMarked
package io.plimsoll.segmentation.mesh;

import org.jspecify.annotations.NullMarked;
