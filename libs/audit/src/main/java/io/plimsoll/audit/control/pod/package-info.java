/** Controls about what a pod may do to its node and to others: effective values, container by container. */
@NullMarked
package io.plimsoll.audit.control.pod;

import org.jspecify.annotations.NullMarked;
