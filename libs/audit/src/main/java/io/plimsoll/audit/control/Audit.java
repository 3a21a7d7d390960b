package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.control.question.ObjectShape;
import io.plimsoll.audit.control.question.Parameters;
import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.audit.control.question.Target;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks every control of every object it is about. Pure: the same cluster, controls and settings give the same findings, in the
 * order of objects, then of controls; what is asked of the cluster comes last. Any thread.
 */
public final class Audit {

    private record Bound(CatalogueControl control, List<Judge> judges, Parameters parameters) {}

    /**
     * A target and what is found out about it once.
     *
     * @param hidden it holds a pod template that its own controller makes pods of
     * @param fault why fields may hide what controls ask for; empty when the shape is right
     */
    private record Seen(Target target, boolean hidden, String fault) {}

    private final List<Bound> bound = new ArrayList<>();
    private final Settings settings;

    /**
     * @param parameters values by control id and name, over the controls' defaults
     * @throws IllegalArgumentException when a value has another shape than its parameter, or names none
     */
    public Audit(List<CatalogueControl> controls, Map<String, Map<String, Value>> parameters, Settings settings) {
        this.settings = settings;
        for (CatalogueControl control : controls) {
            Parameters values = parameters(control, parameters.getOrDefault(control.id(), Map.of()));
            bound.add(new Bound(control, judges(control, values), values));
        }
    }

    public Audit(List<CatalogueControl> controls, Settings settings) {
        this(controls, Map.of(), settings);
    }

    private static Parameters parameters(CatalogueControl control, Map<String, Value> given) {
        Map<String, Value> values = new HashMap<>();
        control.parameters().forEach((name, parameter) -> values.put(name, parameter.standard()));
        given.forEach((name, value) -> {
            Parameter parameter = control.parameters().get(name);
            if (parameter == null) {
                throw new IllegalArgumentException(control.id() + " has no parameter " + name);
            }
            if (!parameter.type().fits(value)) {
                throw new IllegalArgumentException(control.id() + "." + name + " is no " + parameter.type());
            }
            values.put(name, value);
        });
        return new Parameters(values);
    }

    /** The judge of this build where the control names one, else its expression. */
    private static List<Judge> judges(CatalogueControl control, Parameters values) {
        Logic logic = control.logic();
        if (!logic.java().isEmpty()) {
            return NamedJudges.of(logic.java());
        }
        ExpressionJudge expression = new ExpressionJudge(logic.cel().orElseThrow(), values.values());
        return logic.cel().get().each() == Logic.Each.OBJECT
                ? List.of((Judge.OfObjects) expression::judge)
                : List.of((Judge.OfPods) expression::judge);
    }

    public void run(ClusterState state, Consumer<Finding> sink) {
        run(new Cluster(state), sink);
    }

    public void run(Cluster cluster, Consumer<Finding> sink) {
        Map<String, List<Bound>> byKind = new HashMap<>();
        for (Target target : cluster.targets()) {
            Seen seen = new Seen(target, HiddenPods.in(target), ObjectShape.fault(target.object()));
            String kind = target.id().group() + "/" + target.id().kind()
                    + (target.runs() ? "/runs" : seen.hidden() ? "/hidden" : "");
            for (Bound each : byKind.computeIfAbsent(kind, any -> about(seen))) {
                report(each, target, shaped(each, seen, answer(each, seen, cluster)), sink);
            }
        }
        if (cluster.state().resources().isEmpty()) {
            return;
        }
        Target whole = whole(cluster);
        for (Bound each : bound) {
            if (each.control().kinds().contains("cluster")) {
                for (Judge judge : each.judges()) {
                    if (judge instanceof Judge.OfClusters ofClusters) {
                        report(each, whole, ofClusters.judge(asked(each, whole, cluster)), sink);
                    }
                }
            }
        }
    }

    private List<Bound> about(Seen seen) {
        return bound.stream()
                .filter(each -> KindMatcher.matches(each.control(), seen.target())
                        || KindMatcher.pods(each.control()) && seen.hidden())
                .toList();
    }

    /** Nothing passes that is of another shape than Kubernetes has; what is asked of any kind needs none. */
    private static Answer shaped(Bound each, Seen seen, Answer answer) {
        boolean hides = answer instanceof Answer.Good
                && !seen.fault().isEmpty()
                && !each.control().kinds().contains("*");
        return hides
                ? new Answer.Unseen(
                        Reason.PARTIAL_ANALYSIS,
                        seen.fault(),
                        seen.target().object().source())
                : answer;
    }

    /** The cluster as a target of its own: what is asked once. */
    private static Target whole(Cluster cluster) {
        String name = cluster.state().name();
        ResourceId id = new ResourceId(name, "", "Cluster", "", name);
        Resource object = new Resource(id, "", new Value.Obj(Map.of(), 0), Source.NONE, List.of());
        return new Target(id, object, List.of());
    }

    private Asked asked(Bound each, Target target, Cluster cluster) {
        return new Asked(target, cluster, each.parameters(), settings);
    }

    private Answer answer(Bound each, Seen seen, Cluster cluster) {
        Target target = seen.target();
        if (target.object().identityOnly()) {
            return new Answer.Unseen(
                    Reason.OBJECT_TOO_LARGE,
                    "the object is over the size bound and kept by identity only",
                    target.object().source());
        }
        Asked asked = asked(each, target, cluster);
        for (Judge judge : each.judges()) {
            switch (judge) {
                case Judge.OfPods ofPods -> {
                    if (target.runs()) {
                        return ofPods(ofPods, target, asked);
                    }
                    if (seen.hidden() && KindMatcher.pods(each.control())) {
                        return HiddenPods.unseen(target);
                    }
                }
                case Judge.OfObjects ofObjects -> {
                    if (KindMatcher.matches(each.control(), target)) {
                        return ofObjects.judge(target.object(), asked);
                    }
                }
                case Judge.OfClusters ofClusters -> {
                    // Asked once, after all objects.
                }
            }
        }
        return Answer.ELSEWHERE;
    }

    private static Answer ofPods(Judge.OfPods judge, Target target, Asked asked) {
        Answer weakest = null;
        for (Target.Pod pod : target.pods()) {
            Answer answer = judge.judge(pod.fields(), asked);
            if (answer instanceof Answer.Good && !pod.shapeFault().isEmpty()) {
                answer = new Answer.Unseen(
                        Reason.PARTIAL_ANALYSIS,
                        pod.shapeFault(),
                        pod.fields().spec().source());
            }
            weakest = weakest == null ? answer : Answer.weaker(weakest, answer);
        }
        return weakest == null ? Answer.GOOD : weakest;
    }

    private static void report(Bound each, Target target, Answer answer, Consumer<Finding> sink) {
        CatalogueControl control = each.control();
        Source source = target.object().source();
        switch (answer) {
            case Answer.Good good ->
                sink.accept(new Finding(
                        control, target.id(), "", EvidenceState.PASS, null, "", "", control.title(), source));
            case Answer.NotAsked notAsked -> {
                if (!notAsked.why().isEmpty()) {
                    sink.accept(new Finding(
                            control,
                            target.id(),
                            "",
                            EvidenceState.NOT_APPLICABLE,
                            null,
                            "",
                            "",
                            notAsked.why(),
                            source));
                }
            }
            case Answer.Unseen unseen ->
                sink.accept(new Finding(
                        control,
                        target.id(),
                        "",
                        EvidenceState.UNKNOWN,
                        unseen.reason(),
                        "",
                        "",
                        unseen.message(),
                        unseen.source().equals(Source.NONE) ? source : unseen.source()));
            case Answer.Wrong wrong ->
                sink.accept(new Finding(
                        control,
                        target.id(),
                        wrong.container(),
                        EvidenceState.FAIL,
                        wrong.reason(),
                        wrong.path(),
                        wrong.value(),
                        wrong.message(),
                        wrong.source().equals(Source.NONE) ? source : wrong.source()));
        }
    }
}
