/** The broker's own process: formats its storage once, starts, creates the topics of {@code topics.yaml}. */
@NullMarked
package io.plimsoll.embedded.broker;

import org.jspecify.annotations.NullMarked;
