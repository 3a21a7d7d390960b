/** From what was read to where scopes stand: the barrier, one cluster's contribution, the merge, and the ports they ask for. */
@NullMarked
package io.plimsoll.stagescoring.flow;

import org.jspecify.annotations.NullMarked;
