/** REST and events in. */
@NullMarked
package io.plimsoll.gateway.api;

import org.jspecify.annotations.NullMarked;
