package io.plimsoll.stagescoring.flow;

import io.plimsoll.wire.Version;
import java.time.Instant;

/**
 * Everything a cluster's contribution depends on. Equal bases give equal contributions, so nothing is scored twice on one.
 *
 * @param input the cluster's state
 * @param evidence versions of the analysers' evidence of it
 * @param declarations version of what people say
 * @param deadline of the declarations, the newest that has passed
 * @param automation digest of what other clusters' deliveries say of this one
 * @param model digest of the stage model
 */
public record Basis(
        Version input, String evidence, long declarations, Instant deadline, String automation, String model) {}
