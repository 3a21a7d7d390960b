package io.plimsoll.cli.feeds;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.scanning.advisory.FeedState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which files of a folder are feeds: {@code osv/<Ecosystem>/all.zip} or records beside each other, {@code kev/*.json}, {@code
 * epss/*.csv[.gz]}, {@code csaf/**.json}, {@code kubernetes/**}. The folder {@code osv} may also be given itself.
 */
final class FeedLayout {

    /** @param files in order of their names, at least one */
    record Found(String name, Kind kind, List<Path> files) {}

    private static final int FILES_MAX = 2_000_000;
    private static final int DEPTH_MAX = 20;

    private FeedLayout() {}

    /** The feeds under a folder, or the one a file is; sorted by name. */
    static List<Found> find(Path given) throws IOException {
        SortedMap<String, Found> feeds = new TreeMap<>();
        boolean folder = Files.isDirectory(given);
        Path root = folder ? given : given.toAbsolutePath().getParent();
        try (Stream<Path> walked = folder ? Files.walk(given, DEPTH_MAX) : Stream.of(given.toAbsolutePath())) {
            List<Path> files = walked.filter(Files::isRegularFile)
                    .limit(FILES_MAX + 1L)
                    .sorted()
                    .toList();
            if (files.size() > FILES_MAX) {
                throw new UsageProblem(given + " holds more than " + FILES_MAX + " files");
            }
            for (Path file : files) {
                feedOf(root == null ? file : root.relativize(file), file).ifPresent(found -> {
                    Found feed = feeds.computeIfAbsent(
                            found.name(), name -> new Found(name, found.kind(), new ArrayList<>()));
                    feed.files().add(file);
                });
            }
        }
        return List.copyOf(feeds.values());
    }

    private static Optional<Found> feedOf(Path relative, Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        List<String> folders = new ArrayList<>();
        for (Path one : relative) {
            folders.add(one.toString());
        }
        folders.removeLast();
        if (name.equals("all.zip")) {
            // A zip named by itself is of the ecosystem its folder is named after.
            Path parent = file.toAbsolutePath().getParent();
            String ecosystem = parent == null || parent.getFileName() == null
                    ? ""
                    : parent.getFileName().toString();
            return Optional.of(found(ecosystem.equals("osv") ? "osv" : "osv/" + ecosystem, Kind.OSV));
        }
        if (name.startsWith("known_exploited") && name.endsWith(".json")) {
            return Optional.of(found("kev", Kind.KNOWN_EXPLOITED));
        }
        if (name.startsWith("epss") && (name.endsWith(".csv") || name.endsWith(".csv.gz"))) {
            return Optional.of(found("epss", Kind.EXPLOIT_LIKELIHOOD));
        }
        boolean json = name.endsWith(".json");
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        if (folders.isEmpty()) {
            return Optional.empty();
        }
        return switch (folders.getFirst()) {
            case "osv" ->
                json && folders.size() > 1 ? Optional.of(found("osv/" + folders.get(1), Kind.OSV)) : Optional.empty();
            case "csaf" -> json ? Optional.of(found("csaf", Kind.CSAF)) : Optional.empty();
            case "kubernetes" -> json || yaml ? Optional.of(found("kubernetes", Kind.KUBERNETES)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Found found(String name, Kind kind) {
        return new Found(name, kind, List.of());
    }
}
