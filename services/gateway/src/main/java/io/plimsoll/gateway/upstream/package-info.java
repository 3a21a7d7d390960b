/** The services behind: their channels, the caller that is passed on, and what their failures mean. */
@NullMarked
package io.plimsoll.gateway.upstream;

import org.jspecify.annotations.NullMarked;
