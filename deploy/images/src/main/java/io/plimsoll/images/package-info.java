/** Container images of the services: a built service laid over a base, as an OCI layout. */
@NullMarked
package io.plimsoll.images;

import org.jspecify.annotations.NullMarked;
