/** The Kafka broker: a JVM and a class path of its own. */
@NullMarked
package io.plimsoll.embedded.kafka;

import org.jspecify.annotations.NullMarked;
