package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.LabelSelector;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads AuthorizationPolicies (Istio, reference of the same name). What cannot be read matches perhaps: the verdict is then
 * unknown where it could change. One thread.
 */
final class AuthorizationReader {

    /** Every port of TCP: a mesh proxies nothing else. */
    static final PortSet TCP = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);

    private final Resource resource;
    private final List<PolicyProblem> problems;

    AuthorizationReader(Resource resource, List<PolicyProblem> problems) {
        this.resource = resource;
        this.problems = problems;
    }

    /** Nothing for AUDIT, which decides nothing. */
    Optional<AuthorizationPolicy> read(LabelSelector subject, boolean everywhere) {
        Value spec = resource.spec();
        String action = spec.at("action").text().orElse("ALLOW");
        AuthorizationPolicy.Action known =
                switch (action) {
                    case "ALLOW" -> AuthorizationPolicy.Action.ALLOW;
                    case "DENY" -> AuthorizationPolicy.Action.DENY;
                    case "CUSTOM", "AUDIT" -> AuthorizationPolicy.Action.CUSTOM;
                    default -> {
                        problem(
                                spec,
                                "spec.action",
                                "the action is ALLOW, DENY, CUSTOM or AUDIT, not \"" + action + "\"");
                        yield AuthorizationPolicy.Action.CUSTOM;
                    }
                };
        if (action.equals("AUDIT")) {
            return Optional.empty();
        }
        List<AuthorizationRule> rules = new ArrayList<>();
        List<Value> written = spec.items("rules");
        for (int i = 0; i < written.size(); i++) {
            rules.add(rule(written.get(i), i + 1));
        }
        return Optional.of(new AuthorizationPolicy(resource.id(), everywhere, subject, known, rules));
    }

    private AuthorizationRule rule(Value rule, int number) {
        String path = "spec.rules[" + (number - 1) + "]";
        List<Senders> from = new ArrayList<>();
        for (Value item : rule.items("from")) {
            from.add(senders(item.at("source"), path + ".from"));
        }
        List<Senders> also = new ArrayList<>();
        PortSet ports = TCP;
        boolean requests = false;
        for (Value condition : rule.items("when")) {
            String key = condition.text("key");
            if (key.equals("destination.port")) {
                ports = ports.intersect(ports(condition, "values", "notValues", path + ".when"));
            } else {
                Optional<Senders> asked = condition(key, condition, path);
                asked.ifPresent(also::add);
                requests |= asked.isEmpty();
            }
        }
        List<AuthorizationRule.Operation> operations = new ArrayList<>();
        for (Value item : rule.items("to")) {
            Value operation = item.at("operation");
            if (!matchesNothing(operation)) {
                operations.add(new AuthorizationRule.Operation(
                        ports.intersect(ports(operation, "ports", "notPorts", path + ".to")), asksRequests(operation)));
            }
        }
        if (rule.items("to").isEmpty()) {
            operations.add(new AuthorizationRule.Operation(ports, false));
        }
        return new AuthorizationRule(number, from, also, operations, requests);
    }

    private Senders senders(Value source, String path) {
        boolean opaque = source.fields().keySet().stream().anyMatch(field -> !KNOWN.contains(field));
        List<String> principals = new ArrayList<>(source.at("principals").texts());
        source.at("serviceAccounts").texts().forEach(account -> principals.add(principal(account)));
        List<String> notPrincipals = new ArrayList<>(source.at("notPrincipals").texts());
        source.at("notServiceAccounts").texts().forEach(account -> notPrincipals.add(principal(account)));
        return new Senders(
                principals,
                notPrincipals,
                source.at("namespaces").texts(),
                source.at("notNamespaces").texts(),
                ranges(source.at("ipBlocks"), path + ".source.ipBlocks"),
                ranges(source.at("notIpBlocks"), path + ".source.notIpBlocks"),
                opaque);
    }

    private static final Set<String> KNOWN = Set.of(
            "principals",
            "notPrincipals",
            "namespaces",
            "notNamespaces",
            "serviceAccounts",
            "notServiceAccounts",
            "ipBlocks",
            "notIpBlocks");

    /** {@code namespace/account}, or an account of the policy's own namespace. */
    private String principal(String account) {
        int slash = account.indexOf('/');
        String namespace = slash < 0 ? resource.namespace() : account.substring(0, slash);
        return "cluster.local/ns/" + namespace + "/sa/" + account.substring(slash + 1);
    }

    /** A condition on the sender; nothing for one on requests, or on what is not known. */
    private Optional<Senders> condition(String key, Value condition, String path) {
        List<String> values = condition.at("values").texts();
        List<String> not = condition.at("notValues").texts();
        return switch (key) {
            case "source.ip" ->
                Optional.of(new Senders(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        ranges(condition.at("values"), path + ".when"),
                        ranges(condition.at("notValues"), path + ".when"),
                        false));
            case "source.namespace" ->
                Optional.of(new Senders(List.of(), List.of(), values, not, List.of(), List.of(), false));
            case "source.principal" ->
                Optional.of(new Senders(values, not, List.of(), List.of(), List.of(), List.of(), false));
            case "remote.ip" -> Optional.of(Senders.UNREADABLE);
            default -> Optional.empty();
        };
    }

    private PortSet ports(Value holder, String wanted, String unwanted, String path) {
        PortSet ports = holder.items(wanted).isEmpty() ? TCP : numbers(holder.at(wanted), path + "." + wanted);
        return ports.minus(numbers(holder.at(unwanted), path + "." + unwanted));
    }

    private PortSet numbers(Value list, String path) {
        PortSet ports = PortSet.NONE;
        for (String written : list.texts()) {
            if (written.matches("[1-9][0-9]{0,4}") && Integer.parseInt(written) <= PortSet.PORT_MAX) {
                ports = ports.union(PortSet.of(Protocol.TCP, Integer.parseInt(written)));
            } else {
                problem(list, path, "\"" + written + "\" is not a port");
            }
        }
        return ports;
    }

    private List<AddressRange> ranges(Value list, String path) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String written : list.texts()) {
            AddressRange.ofCidr(written)
                    .or(() -> Address.parse(written).map(address -> new AddressRange(address, address)))
                    .ifPresentOrElse(
                            ranges::add, () -> problem(list, path, "\"" + written + "\" is not a block of addresses"));
        }
        return ranges;
    }

    private static boolean asksRequests(Value operation) {
        return List.of("hosts", "notHosts", "methods", "notMethods", "paths", "notPaths").stream()
                .anyMatch(field -> !operation.items(field).isEmpty());
    }

    /** True when it excludes all it names. */
    private static boolean matchesNothing(Value operation) {
        for (String field : List.of("hosts", "methods", "paths")) {
            Set<String> named = new HashSet<>(operation.at(field).texts());
            String not = "not" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
            operation.at(not).texts().forEach(named::remove);
            if (!operation.items(field).isEmpty() && named.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void problem(Value field, String path, String message) {
        problems.add(new PolicyProblem(resource.id(), path, message, resource.at(field)));
    }
}
