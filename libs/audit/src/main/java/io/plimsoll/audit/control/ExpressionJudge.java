package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.guardrail.cel.ObjectParts;
import io.plimsoll.audit.guardrail.cel.ObjectProgram;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A control's expression, compiled once. An expression that fails is a FAIL, as admission would refuse. Any thread. */
public final class ExpressionJudge {

    /** Where each kind keeps its pod, in CEL; shared with what is exported for admission. */
    public static final Map<String, String> VARIABLES = variables();

    /** Made when the first expression is read: it loads CEL. */
    private static final class Parts {
        static final ObjectParts OF_PODS = new ObjectParts(VARIABLES);
    }

    private final Logic.Expression logic;
    private final ObjectProgram program;
    private final Value params;

    /** @param params values of the control's parameters */
    public ExpressionJudge(Logic.Expression logic, Map<String, Value> params) {
        this.logic = logic;
        this.params = new Value.Obj(params, 0);
        this.program = new ObjectProgram(Parts.OF_PODS, logic.variables(), expression(logic));
    }

    /** Of each container its own truth value, so that the one that decides can be named. */
    private static String expression(Logic.Expression logic) {
        return logic.each() == Logic.Each.CONTAINER
                ? "variables.containers.map(container, " + logic.expression() + ")"
                : logic.expression();
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("podHolder", """
                object.kind == 'Pod' ? object :
                object.kind == 'PodTemplate' ? object.template :
                object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template :
                object.spec.template""");
        variables.put("podMetadata", "has(variables.podHolder.metadata) ? variables.podHolder.metadata : {}");
        variables.put("pod", "variables.podHolder.spec");
        variables.put("containers", """
                (has(variables.pod.initContainers) ? variables.pod.initContainers : []) +
                (has(variables.pod.containers) ? variables.pod.containers : []) +
                (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : [])""");
        return variables;
    }

    /** Why it cannot be evaluated at all; empty when it can. */
    public String fault() {
        return program.fault();
    }

    Answer judge(PodFields pod, Asked asked) {
        return judge(Asked.object(pod), pod, asked);
    }

    Answer judge(Resource object, Asked asked) {
        return judge(object, null, asked);
    }

    private Answer judge(Resource object, @Nullable PodFields pod, Asked asked) {
        Resource namespace = asked.cluster().find("Namespace", "", object.namespace());
        ObjectProgram.Result result =
                program.evaluate(object.body(), params, namespace == null ? Value.MISSING : namespace.body());
        Source source = object.source();
        return switch (result) {
            case ObjectProgram.Result.Unknown unknown ->
                new Answer.Unseen(unknown.budget() ? Reason.BUDGET : Reason.NOT_AUDITABLE, unknown.why(), source);
            case ObjectProgram.Result.Failed failed ->
                Answer.wrong(
                        new Field("", Value.MISSING, source),
                        "the expression fails, " + failed.message() + "; " + logic.message());
            case ObjectProgram.Result.Given given -> answer(given.value(), object, pod, source);
        };
    }

    private Answer answer(Object value, Resource object, @Nullable PodFields pod, Source source) {
        if (logic.each() == Logic.Each.CONTAINER && value instanceof List<?> truths) {
            return ofContainers(truths, pod, source);
        }
        if (!(value instanceof Boolean holds)) {
            return new Answer.Unseen(Reason.NOT_AUDITABLE, "the expression gives no truth value", source);
        }
        if (holds) {
            return Answer.GOOD;
        }
        Field place = pod != null && logic.each() == Logic.Each.POD ? pod.spec() : Field.of(object);
        return Answer.wrong(below(place), logic.message());
    }

    private Answer ofContainers(List<?> truths, @Nullable PodFields pod, Source source) {
        for (int i = 0; i < truths.size(); i++) {
            if (!(truths.get(i) instanceof Boolean holds)) {
                return new Answer.Unseen(Reason.NOT_AUDITABLE, "the expression gives no truth value", source);
            }
            if (!holds && pod != null && i < pod.containers().size()) {
                ContainerFields container = pod.containers().get(i);
                return Answer.wrong(
                        container.container().name(),
                        below(container.field()),
                        container.title() + " " + logic.message());
            }
            if (!holds) {
                return Answer.wrong(new Field("", Value.MISSING, source), logic.message());
            }
        }
        return Answer.GOOD;
    }

    private Field below(Field place) {
        return logic.path().isEmpty() ? place : place.at(logic.path().split("\\."));
    }
}
