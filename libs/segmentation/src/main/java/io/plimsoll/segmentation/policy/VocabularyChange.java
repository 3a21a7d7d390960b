package io.plimsoll.segmentation.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                differ(Vocabulary::ranges) ? ranges(words.ranges(), all) : words.ranges(),
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

    /** Those that came and those that nobody names any more are few beside all there are, which are sorted. */
    private List<AddressRange> ranges(List<AddressRange> words, List<Vocabulary> all) {
        Set<AddressRange> concerned = new HashSet<>();
        gone.forEach(one -> concerned.addAll(one.ranges()));
        come.forEach(one -> concerned.addAll(one.ranges()));
        Set<AddressRange> named = new HashSet<>();
        for (Vocabulary one : all) {
            for (AddressRange range : one.ranges()) {
                if (concerned.contains(range)) {
                    named.add(range);
                }
            }
        }
        List<AddressRange> later = new ArrayList<>(words.size() + named.size());
        for (AddressRange range : words) {
            if (!concerned.contains(range) || named.remove(range)) {
                later.add(range);
            }
        }
        for (AddressRange range : named) {
            later.add(-Collections.binarySearch(later, range) - 1, range);
        }
        return later;
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
