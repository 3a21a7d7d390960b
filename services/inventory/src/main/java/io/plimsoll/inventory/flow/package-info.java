/** What is done with an upload, a declaration and a change of either, and the ports it asks for. */
@NullMarked
package io.plimsoll.inventory.flow;

import org.jspecify.annotations.NullMarked;
