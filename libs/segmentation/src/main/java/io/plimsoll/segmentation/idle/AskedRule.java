package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Rule;

/**
 * A rule in the order in which rules are asked.
 *
 * @param number from 0 through all tiers, lower is asked earlier
 * @param name its own, else empty
 * @param judged whether a finding may speak of it: of a policy declared twice it is not known which reading is in force
 */
record AskedRule(int number, Stage stage, Direction direction, Action action, String name, Rule rule, boolean judged) {

    /** Who is asked when. */
    enum Stage {
        ADMIN,
        NETWORK_POLICY,
        BASELINE
    }

    RuleFinding.Reference reference() {
        return new RuleFinding.Reference(rule.policy(), rule.path());
    }
}
