package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** From kinds to the names of resources that admission rules are written with: {@code Ingress} to {@code ingresses}. */
public final class ResourceNames {

    private static final Pattern CONSONANT_Y = Pattern.compile(".*[^aeiou]y");

    private final Map<String, String> defined = new HashMap<>();

    /** Custom kinds are named by their definitions where the input has them. */
    public ResourceNames(ClusterState state) {
        for (Resource definition : state.all("CustomResourceDefinition", "apiextensions.k8s.io")) {
            String plural = definition.spec().at("names").text("plural");
            if (!plural.isEmpty()) {
                defined.put(
                        definition.spec().text("group") + "/"
                                + definition.spec().at("names").text("kind"),
                        plural);
            }
        }
    }

    public String plural(String group, String kind) {
        String plural = defined.get(group + "/" + kind);
        return plural != null ? plural : guess(kind.toLowerCase(Locale.ROOT));
    }

    private static String guess(String singular) {
        if (singular.equals("endpoints")) {
            return singular;
        }
        if (CONSONANT_Y.matcher(singular).matches()) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        boolean hissing = singular.endsWith("s") || singular.endsWith("x") || singular.endsWith("ch");
        return singular + (hissing ? "es" : "s");
    }
}
