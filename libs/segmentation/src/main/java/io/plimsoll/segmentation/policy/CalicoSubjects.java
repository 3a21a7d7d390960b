package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.Unanalysed.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a Calico policy selects, as far as its selector is a plain conjunction ({@code app == 'web' && has(tier)}). Any other
 * expression is not read, and then the policy may select anybody in its extent.
 */
final class CalicoSubjects {

    private static final Pattern EQUALS = Pattern.compile("([\\w./-]+)\\s*(==|!=)\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern HAS = Pattern.compile("(!?)\\s*has\\(\\s*([\\w./-]+)\\s*\\)");
    private static final Pattern AMONG = Pattern.compile("([\\w./-]+)\\s+(in|not in)\\s+\\{([^}]*)\\}");
    private static final String NAMESPACE_NAME = "projectcalico.org/name";

    private CalicoSubjects() {}

    static List<Subject> of(Resource resource) {
        Value spec = resource.spec();
        Optional<LabelSelector> pods = selector(spec.text("selector"));
        Optional<LabelSelector> namespaces = selector(spec.text("namespaceSelector"));
        if (pods.isEmpty() || namespaces.isEmpty()) {
            return List.of();
        }
        return List.of(new Subject(namespaces.get(), pods.get(), directions(spec)));
    }

    private static Set<Direction> directions(Value spec) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        List<String> types = spec.at("types").texts();
        for (Direction direction : Direction.values()) {
            if (types.contains(direction.type())) {
                directions.add(direction);
            }
        }
        return directions.isEmpty() ? EnumSet.allOf(Direction.class) : directions;
    }

    private static Optional<LabelSelector> selector(String written) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : written.split("&&")) {
            String condition = part.strip();
            if (condition.isEmpty() || condition.equals("all()")) {
                continue;
            }
            Optional<Requirement> requirement = requirement(condition);
            if (requirement.isEmpty()) {
                return Optional.empty();
            }
            Requirement read = requirement.get();
            requirements.add(read.key().equals(NAMESPACE_NAME) ? read.of(Labels.NAMESPACE_NAME) : read);
        }
        return Optional.of(new LabelSelector(requirements));
    }

    private static Optional<Requirement> requirement(String condition) {
        Matcher equals = EQUALS.matcher(condition);
        if (equals.matches()) {
            return Optional.of(among(equals.group(1), equals.group(2).equals("=="), List.of(equals.group(3))));
        }
        Matcher has = HAS.matcher(condition);
        if (has.matches()) {
            Requirement.Operator operator =
                    has.group(1).isEmpty() ? Requirement.Operator.EXISTS : Requirement.Operator.DOES_NOT_EXIST;
            return Optional.of(new Requirement(has.group(2), operator, List.of(), true));
        }
        Matcher in = AMONG.matcher(condition);
        if (in.matches()) {
            List<String> values = Arrays.stream(in.group(3).split(","))
                    .map(value -> value.strip().replaceAll("^['\"]|['\"]$", ""))
                    .toList();
            return Optional.of(among(in.group(1), in.group(2).equals("in"), values));
        }
        return Optional.empty();
    }

    private static Requirement among(String key, boolean wanted, List<String> values) {
        return new Requirement(key, wanted ? Requirement.Operator.IN : Requirement.Operator.NOT_IN, values, true);
    }
}
