package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.value.Value;

/** Shapes that would make a pod look good because nothing can be seen in it. */
final class PodShape {

    private static final String[] LISTS = {"containers", "initContainers", "ephemeralContainers", "volumes"};

    private PodShape() {}

    static String fault(PodFields pod) {
        if (!(pod.spec().value() instanceof Value.Obj)) {
            return "it has no pod specification that can be read";
        }
        for (String key : LISTS) {
            Field list = pod.spec().at(key);
            if (list.written() && !(list.value() instanceof Value.Arr)) {
                return list.path() + " is no list";
            }
            for (Field item : list.items()) {
                if (!(item.value() instanceof Value.Obj)) {
                    return item.path() + " is no mapping";
                }
            }
        }
        return pod.mainContainers().isEmpty() ? "no container of it is in the input" : "";
    }
}
