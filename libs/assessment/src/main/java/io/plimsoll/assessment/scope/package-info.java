/** Scopes: what belongs to each, counted cluster by cluster, added up, and judged. */
@NullMarked
package io.plimsoll.assessment.scope;

import org.jspecify.annotations.NullMarked;
