package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one binding makes a validating admission policy do to the objects of a cluster, were they created again.
 *
 * @param policy its name
 * @param binding name; empty for a policy that nothing binds, which does nothing
 * @param source where the policy is declared
 * @param actions as written, each of Deny, Warn and Audit once; empty where nothing binds it
 * @param namespaces that it selects, in order, whether or not something in them is asked
 * @param asked objects it asks something of, those admitted and those refused and those that cannot be told
 * @param refused at most {@value #REFUSED_MAX}, in the order of namespaces, then of identity
 * @param refusals how many there are
 * @param unknown why it cannot be told, with how many objects
 */
public record PolicyEffect(
        String policy,
        String binding,
        Source source,
        List<Action> actions,
        SortedSet<String> namespaces,
        int asked,
        List<Refusal> refused,
        int refusals,
        SortedMap<String, Integer> unknown) {

    /** Most refusals kept for one binding; the others are counted. */
    public static final int REFUSED_MAX = 1_000;

    /**
     * One validation that one object breaks.
     *
     * @param object the object of the input: the Deployment whose pod is refused
     * @param kind of what is refused, a Pod for instance
     * @param validation its place in the policy, from 0; -1 where it is the binding that fails
     */
    public record Refusal(ResourceId object, String kind, int validation, String message) {}

    public PolicyEffect {
        actions = List.copyOf(actions);
        refused = List.copyOf(refused);
    }

    /** True where nothing that is there is asked anything: wrong kinds, wrong labels, or no binding. */
    public boolean selectsNothing() {
        return asked == 0;
    }

    public boolean denies() {
        return actions.contains(Action.DENY);
    }
}
