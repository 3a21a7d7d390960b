/** Whom the policies isolate in effect, as evidence: an allow-all beside a deny earns nothing. */
@NullMarked
package io.plimsoll.segmentation.isolation;

import org.jspecify.annotations.NullMarked;
