/** gRPC in. */
@NullMarked
package io.plimsoll.inventory.api;

import org.jspecify.annotations.NullMarked;
