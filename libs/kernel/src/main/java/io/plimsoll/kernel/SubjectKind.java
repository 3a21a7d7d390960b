package io.plimsoll.kernel;

/**
 * What a control can be asked of. Beyond the four classic subjects, gates count bindings (S2.admin), entries (S3.entry),
 * policy objects (parity) and the organisation itself (standards, history).
 */
public enum SubjectKind {
    ORGANISATION,
    CLUSTER,
    NAMESPACE,
    WORKLOAD,
    IMAGE,
    BINDING,
    ENTRY,
    NODE,
    POLICY
}
