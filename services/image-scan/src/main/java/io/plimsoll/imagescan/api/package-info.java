/** Questions about images: gRPC in, what is known out. */
@NullMarked
package io.plimsoll.imagescan.api;

import org.jspecify.annotations.NullMarked;
