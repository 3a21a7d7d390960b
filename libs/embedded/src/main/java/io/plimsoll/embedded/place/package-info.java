/** Where things lie on one machine: the parts the build gathered, the cache, the data, ports, secrets. */
@NullMarked
package io.plimsoll.embedded.place;

import org.jspecify.annotations.NullMarked;
