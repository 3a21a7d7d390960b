/** What comes in as files: bounds, names, archives, and the spool that holds them until all of it is known to be good. */
@NullMarked
package io.plimsoll.gateway.upload;

import org.jspecify.annotations.NullMarked;
