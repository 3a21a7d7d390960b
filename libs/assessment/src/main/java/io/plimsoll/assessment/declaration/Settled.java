package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.Evidence;
import java.util.List;
import java.util.SortedSet;

/**
 * The evidence of one part after what people declared was applied to it.
 *
 * @param evidence in its order
 * @param used the declarations in force that covered something, {@code attestation/ID} or {@code waiver/ID}
 */
public record Settled(List<Evidence> evidence, SortedSet<String> used) {}
