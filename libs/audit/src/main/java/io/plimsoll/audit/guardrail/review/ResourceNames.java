package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** From kinds to the names of resources that admission rules are written with: {@code Ingress} to {@code ingresses}. */
public final class ResourceNames {

    private static final Pattern CONSONANT_Y = Pattern.compile(".*[^aeiou]y");

    /** Most guesses that are remembered. */
    private static final int GUESSES_MAX = 1_000;

    private final Map<String, String> defined = new HashMap<>();
    private final Map<String, String> guessed = new ConcurrentHashMap<>();

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
        String plural = defined.isEmpty() ? null : defined.get(group + "/" + kind);
        if (plural != null) {
            return plural;
        }
        String known = guessed.get(kind);
        if (known != null) {
            return known;
        }
        String guess = guess(kind.toLowerCase(Locale.ROOT));
        if (guessed.size() < GUESSES_MAX) {
            guessed.put(kind, guess);
        }
        return guess;
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
