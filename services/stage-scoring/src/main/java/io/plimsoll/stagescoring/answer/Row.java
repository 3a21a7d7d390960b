package io.plimsoll.stagescoring.answer;

/**
 * One row kept for queries. Arrays are never changed after they were handed over.
 */
public sealed interface Row {

    /** Where it stands among its like, see {@link OrderKey}. */
    byte[] place();

    /** Tells apart what stands in the same place, from 0. */
    int tie();

    /** Where a row belongs, by which it is found and by which it is seen or not. */
    record Home(String namespace, String team, String application) {}

    /**
     * A finding.
     *
     * @param identity see {@link FindingIdentity}
     * @param severity position in the order of severities, worst 0
     * @param content a {@code plimsoll.findings.v1.Finding}
     */
    record OfFinding(
            byte[] place,
            int tie,
            byte[] identity,
            Home home,
            String control,
            int severity,
            boolean waived,
            byte[] content)
            implements Row {}

    /**
     * A subject with its answers to all questions of the model.
     *
     * @param ref a {@code plimsoll.kernel.v1.SubjectRef}
     * @param answers see {@link Answers}
     */
    record OfSubject(byte[] place, int tie, Home home, byte[] ref, byte[] answers) implements Row {}
}
