/** From resources to evidence: what all analysers share. */
@NullMarked
package io.plimsoll.messaging.analyser;

import org.jspecify.annotations.NullMarked;
