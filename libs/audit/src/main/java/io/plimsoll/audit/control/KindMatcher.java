package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Target;

/** Whether a control is about an object, told by the kinds it names. */
final class KindMatcher {

    private KindMatcher() {}

    static boolean matches(CatalogueControl control, Target target) {
        for (String kind : control.kinds()) {
            if (matches(kind, target)) {
                return true;
            }
        }
        return false;
    }

    /** True for a control about everything that runs pods. */
    static boolean pods(CatalogueControl control) {
        return control.kinds().contains("workload");
    }

    private static boolean matches(String wanted, Target target) {
        if (wanted.equals("*")) {
            return true;
        }
        if (wanted.equals("workload")) {
            return target.runs();
        }
        int dot = wanted.indexOf('.');
        String kind = dot < 0 ? wanted : wanted.substring(0, dot);
        String group = dot < 0 ? "" : wanted.substring(dot + 1);
        if (!target.id().kind().equals(kind)) {
            return false;
        }
        String has = target.id().group();
        // Deployments, Ingresses and NetworkPolicies were once of this group, and are the same objects.
        // In the core group there are none: an object that says so is of the right kind and the wrong apiVersion.
        return has.equals(group) || has.equals("extensions") || has.isEmpty();
    }
}
