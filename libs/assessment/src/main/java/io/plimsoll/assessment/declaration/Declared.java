package io.plimsoll.assessment.declaration;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.kernel.Evidence;
import java.util.List;
import java.util.Map;

/**
 * Evidence after what people declared was applied to it.
 *
 * @param evidence in its order
 * @param shares by scope id, then control: the share of the scope's subjects for which an attestation in force holds. Which subjects
 *     those are nobody said, so narrower scopes stay unknown
 * @param coverage what a declaration could not settle, and why
 */
public record Declared(List<Evidence> evidence, Map<String, Map<String, Double>> shares, List<Coverage> coverage) {}
