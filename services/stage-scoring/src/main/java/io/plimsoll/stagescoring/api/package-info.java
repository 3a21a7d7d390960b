/** gRPC in: scopes, stages, gates, evidence, findings and events, each as far as the caller may see. */
@NullMarked
package io.plimsoll.stagescoring.api;

import org.jspecify.annotations.NullMarked;
