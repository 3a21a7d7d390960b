/** What a policy says, read from its manifest: whom it selects, which peers and ports it grants, and what of it is wrong. */
@NullMarked
package io.plimsoll.segmentation.policy;

import org.jspecify.annotations.NullMarked;
