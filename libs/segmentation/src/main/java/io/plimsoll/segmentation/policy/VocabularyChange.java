package io.plimsoll.segmentation.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may have become other words when policies came and went. Each of it is made anew from all policies, whoever names it; what none of those
 * policies names is not looked at. Immutable.
 *
 * @param gone what policies told apart that are no longer
 * @param come what policies tell apart that were not
 */
record VocabularyChange(List<Vocabulary> gone, List<Vocabulary> come) {

    /**
     * The vocabulary after it.
     *
     * @param words before it, without words of others than policies
     * @param all what policies tell apart after it
     */
    Vocabulary of(Vocabulary words, List<Vocabulary> all) {
        return new Vocabulary(
                labels(words.labels(), all, Vocabulary::labels),
                labelsIn(words.labelsIn(), all),
                words.wholeLabels(),
                differ(Vocabulary::ports) ? union(all, Vocabulary::ports, new HashSet<>()) : words.ports(),
                differ(Vocabulary::ranges)
                        ? List.copyOf(union(all, Vocabulary::ranges, new TreeSet<>()))
                        : words.ranges(),
                differ(Vocabulary::podAddresses)
                        ? all.stream().anyMatch(Vocabulary::podAddresses)
                        : words.podAddresses());
    }

    /** Whether those that went and those that came do not name the same. */
    private <T> boolean differ(Function<Vocabulary, T> part) {
        return !gone.stream()
                .map(part)
                .collect(Collectors.toSet())
                .equals(come.stream().map(part).collect(Collectors.toSet()));
    }

    private static <T, C extends Collection<T>> C union(
            List<Vocabulary> all, Function<Vocabulary, ? extends Collection<T>> part, C union) {
        all.forEach(one -> union.addAll(part.apply(one)));
        return union;
    }

    private Map<String, Map<String, Set<String>>> labelsIn(
            Map<String, Map<String, Set<String>>> words, List<Vocabulary> all) {
        Set<String> namespaces = new HashSet<>();
        gone.forEach(one -> namespaces.addAll(one.labelsIn().keySet()));
        come.forEach(one -> namespaces.addAll(one.labelsIn().keySet()));
        if (namespaces.isEmpty()) {
            return words;
        }
        Map<String, Map<String, Set<String>>> later = new HashMap<>(words);
        for (String namespace : namespaces) {
            Map<String, Set<String>> here = labels(
                    words.getOrDefault(namespace, Map.of()),
                    all,
                    one -> one.labelsIn().getOrDefault(namespace, Map.of()));
            if (here.isEmpty()) {
                later.remove(namespace);
            } else {
                later.put(namespace, here);
            }
        }
        return later;
    }

    /** Keys of labels with their values: those that differ are made anew, the others keep the very sets they have. */
    private Map<String, Set<String>> labels(
            Map<String, Set<String>> words, List<Vocabulary> all, Function<Vocabulary, Map<String, Set<String>>> part) {
        Set<String> keys = new HashSet<>();
        gone.forEach(one -> keys.addAll(part.apply(one).keySet()));
        come.forEach(one -> keys.addAll(part.apply(one).keySet()));
        Map<String, Set<String>> later = new HashMap<>();
        for (String key : keys) {
            Set<String> values = new HashSet<>();
            boolean named = false;
            for (Vocabulary one : all) {
                Set<String> here = part.apply(one).get(key);
                if (here != null) {
                    named = true;
                    values.addAll(here);
                }
            }
            if (named) {
                later.put(key, values);
            }
        }
        later.replaceAll((key, values) -> values.equals(words.get(key)) ? words.getOrDefault(key, values) : values);
        boolean same = later.entrySet().stream().allMatch(each -> words.get(each.getKey()) == each.getValue())
                && keys.stream().allMatch(key -> later.containsKey(key) == words.containsKey(key));
        if (same) {
            return words;
        }
        words.forEach((key, values) -> {
            if (!keys.contains(key)) {
                later.put(key, values);
            }
        });
        return later;
    }
}
