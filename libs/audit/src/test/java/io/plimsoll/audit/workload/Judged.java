package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.Declared;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.workload.Workload;

/** The answer of one control, as tests ask for it. */
final class Judged {

    private Judged() {}

    static Evidence of(String control, Workload workload) {
        return WorkloadControls.evidence(workload).stream()
                .filter(evidence -> evidence.control().equals(control))
                .findFirst()
                .orElseThrow();
    }

    /** Asked of a Deployment with this pod spec; its first line is line 7. */
    static Evidence deployment(String control, String spec) {
        return of(control, Declared.workload("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec:
                  template:
                    spec:
                """ + spec.indent(6)));
    }

    static EvidenceState state(String control, String spec) {
        return deployment(control, spec).state();
    }
}
