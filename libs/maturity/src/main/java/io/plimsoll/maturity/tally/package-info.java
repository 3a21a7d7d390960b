/** Evidence counted so that parts add up to the whole: by cluster first, then by scope. */
@NullMarked
package io.plimsoll.maturity.tally;

import org.jspecify.annotations.NullMarked;
