/**
 * Images out of registries (OCI distribution specification 1.1): the one room of image reading that knows the network.
 * Addresses are checked before they are connected to, credentials never follow a redirect, and every answer is bounded.
 */
@NullMarked
package io.plimsoll.registry;

import org.jspecify.annotations.NullMarked;
