/** Who reaches whom: rows of peers per profile of grants, and the list of connections made from them. */
@NullMarked
package io.plimsoll.segmentation.reach;

import org.jspecify.annotations.NullMarked;
