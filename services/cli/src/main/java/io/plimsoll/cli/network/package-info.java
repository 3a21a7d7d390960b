/** The commands about the network: who reaches whom, what changes, and why. */
@NullMarked
package io.plimsoll.cli.network;

import org.jspecify.annotations.NullMarked;
