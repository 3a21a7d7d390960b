/** gRPC in: passed on as it comes, with the caller's token. */
@NullMarked
package io.plimsoll.gateway.forward;

import org.jspecify.annotations.NullMarked;
