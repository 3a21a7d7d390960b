/** Processes under supervision: started in order of need, probed, restarted when they die, stopped in reverse. */
@NullMarked
package io.plimsoll.embedded.supervise;

import org.jspecify.annotations.NullMarked;
