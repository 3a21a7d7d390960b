/**
 * An analyser as a service. The service brings one bean, its {@link io.plimsoll.messaging.analyser.Analyser}; everything around it is here:
 * its tables, the corridor's thread, readiness and metrics.
 */
@NullMarked
package io.plimsoll.analyser;

import org.jspecify.annotations.NullMarked;
