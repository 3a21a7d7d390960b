package io.plimsoll.audit.guardrail;

/** Who keeps a rule. */
public enum Engine {
    POD_SECURITY_ADMISSION,
    VALIDATING_ADMISSION_POLICY,
    GATEKEEPER,
    KYVERNO,
    QUOTA,
    NETWORK_POLICY
}
