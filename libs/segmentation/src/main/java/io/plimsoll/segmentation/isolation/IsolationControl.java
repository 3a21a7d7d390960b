package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.segmentation.policy.Direction;
import java.util.List;

/** The questions about isolation, each for one direction. */
public enum IsolationControl {
    INGRESS_SELECTED(
            Direction.INGRESS,
            question(
                    "ingress-selected",
                    "Is selected by a NetworkPolicy for ingress",
                    SubjectKind.WORKLOAD,
                    Severity.HIGH,
                    "Add a NetworkPolicy with policyTypes Ingress whose podSelector matches the pods of this workload,"
                            + " or a default deny for its namespace.")),
    INGRESS_ISOLATED(
            Direction.INGRESS,
            question(
                    "ingress-isolated",
                    "Is not reachable by everyone on every port",
                    SubjectKind.WORKLOAD,
                    Severity.HIGH,
                    "Name in the ingress rules the peers and ports this workload serves, and remove rules that allow everything.")),
    EGRESS_ISOLATED(
            Direction.EGRESS,
            question(
                    "egress-isolated",
                    "Cannot reach everyone on every port",
                    SubjectKind.WORKLOAD,
                    Severity.MEDIUM,
                    "Add a NetworkPolicy with policyTypes Egress that names the peers and ports this workload needs, DNS among them,"
                            + " and remove rules that allow everything.")),
    DEFAULT_DENY_INGRESS(
            Direction.INGRESS,
            question(
                    "default-deny-ingress",
                    "Denies ingress by default",
                    SubjectKind.NAMESPACE,
                    Severity.HIGH,
                    "Add a NetworkPolicy with an empty podSelector, policyTypes Ingress and no ingress rule,"
                            + " and remove policies beside it that allow everything.")),
    DEFAULT_DENY_EGRESS(
            Direction.EGRESS,
            question(
                    "default-deny-egress",
                    "Denies egress by default",
                    SubjectKind.NAMESPACE,
                    Severity.MEDIUM,
                    "Add a NetworkPolicy with an empty podSelector, policyTypes Egress and no egress rule, allow DNS and what"
                            + " the workloads need beside it, and remove policies that allow everything."));

    private final Direction direction;
    private final Control control;

    IsolationControl(Direction direction, Control control) {
        this.direction = direction;
        this.control = control;
    }

    public Direction direction() {
        return direction;
    }

    public Control control() {
        return control;
    }

    String id() {
        return control.id();
    }

    private static Control question(
            String id, String title, SubjectKind subject, Severity severity, String remediation) {
        return new Control(id, title, subject, EvidenceClass.COMPANION, severity, remediation, List.of("L27.4"));
    }
}
