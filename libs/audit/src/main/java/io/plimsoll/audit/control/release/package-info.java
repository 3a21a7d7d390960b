/** Controls about versions: of APIs, of the cluster and of its nodes. */
@NullMarked
package io.plimsoll.audit.control.release;

import org.jspecify.annotations.NullMarked;
