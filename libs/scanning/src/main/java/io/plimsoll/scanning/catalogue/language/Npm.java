package io.plimsoll.scanning.catalogue.language;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.PackageKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** {@code package.json}, {@code package-lock.json} of versions 1 to 3, {@code yarn.lock} of both kinds, {@code pnpm-lock.yaml}. */
public final class Npm {

    private Npm() {}

    /** An installed package, or an application's own: one with a name and a version. */
    public static void readPackage(FileContent file, Findings into) throws IOException {
        Node root = Documents.json(file.stream());
        String version = root.text("version");
        if (!version.isBlank()) {
            add(into, root.text("name"), version, licences(root), false);
        }
    }

    /** {@code license} as a text or {@code {type}}, and {@code licenses} as a list of such. */
    private static List<String> licences(Node root) {
        List<String> licences = new ArrayList<>();
        List<Node> written = new ArrayList<>(root.get("licenses").items());
        written.add(root.get("license"));
        for (Node licence : written) {
            licences.add(licence.isMembers() ? licence.text("type") : licence.text());
        }
        return licences;
    }

    public static void readLock(FileContent file, Findings into) throws IOException {
        Node root = Documents.json(file.stream());
        Map<String, Node> packages = root.get("packages").members();
        if (packages.isEmpty()) {
            nested(root.get("dependencies"), into);
            return;
        }
        packages.forEach((path, written) -> {
            int at = path.lastIndexOf("node_modules/");
            // The empty path is the project itself, links are its workspaces: neither comes from a registry.
            if (path.isEmpty() || written.get("link").isTrue()) {
                return;
            }
            String name = written.text("name");
            if (name.isEmpty()) {
                name = at < 0 ? "" : path.substring(at + "node_modules/".length());
            }
            boolean development =
                    written.get("dev").isTrue() || written.get("devOptional").isTrue();
            add(into, name, written.text("version"), List.of(), development);
        });
    }

    private static void nested(Node dependencies, Findings into) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(dependencies);
        while (!open.isEmpty()) {
            open.pop().members().forEach((name, written) -> {
                String version = written.text("version");
                String real = name;
                if (version.startsWith("npm:")) {
                    // An alias: the package installed is another one.
                    int at = version.lastIndexOf('@');
                    real = at > 4 ? version.substring(4, at) : version.substring(4);
                    version = at > 4 ? version.substring(at + 1) : "";
                }
                add(into, real, plain(version), List.of(), written.get("dev").isTrue());
                if (written.get("dependencies").isMembers()) {
                    open.push(written.get("dependencies"));
                }
            });
        }
    }

    /** Version 1 writes where from instead of a version for what is not from a registry. */
    private static String plain(String version) {
        return version.contains("/") || version.contains(":") ? "" : version;
    }

    /** Yarn's own format (v1) and the YAML that Berry writes have the same outline, read line by line. */
    public static void readYarn(FileContent file, Findings into) throws IOException {
        String name = "";
        String version = "";
        boolean foreign = false;
        int line = 0;
        for (String text : file.lines()) {
            line++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            if (!text.startsWith(" ")) {
                yarn(into, name, version, foreign);
                if (!text.endsWith(":")) {
                    throw new MalformedDocument("not a yarn.lock: line " + line + " starts no entry");
                }
                String first = unquoted(
                        text.substring(0, text.length() - 1).split(",", 2)[0].strip());
                int at = first.indexOf('@', 1);
                name = at < 0 ? "" : first.substring(0, at);
                String range = at < 0 ? "" : first.substring(at + 1);
                if (range.startsWith("npm:") && range.indexOf('@', 5) > 0) {
                    name = range.substring(4, range.indexOf('@', 5));
                }
                version = "";
                foreign = range.startsWith("workspace:");
            } else if (text.startsWith("  version") && !text.startsWith("   ")) {
                version = unquoted(text.substring("  version".length())
                        .replaceFirst("^:", "")
                        .strip());
            } else if (text.startsWith("  resolution:")) {
                String resolution =
                        unquoted(text.substring("  resolution:".length()).strip());
                int at = resolution.indexOf('@', 1);
                // Berry's word on what an alias really is.
                name = at < 0 ? name : resolution.substring(0, at);
                foreign |= resolution.contains("@workspace:");
            }
        }
        yarn(into, name, version, foreign);
    }

    private static void yarn(Findings into, String name, String version, boolean foreign) {
        if (!foreign && !name.isEmpty() && !version.isEmpty()) {
            add(into, name, version, List.of(), false);
        }
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text.startsWith("\"") ? text.substring(1) : text;
    }

    /** Keys: {@code /name/1.0.0_peer} up to 5, {@code /name@1.0.0(peer)} in 6, {@code name@1.0.0(peer)} from 9 on. */
    public static void readPnpm(FileContent file, Findings into) throws IOException {
        for (Node root : Documents.yaml(file.stream())) {
            root.get("packages").members().forEach((key, written) -> {
                String name = written.text("name");
                String version = written.text("version");
                if (name.isEmpty()) {
                    String[] parsed = pnpmKey(key);
                    name = parsed[0];
                    version = version.isEmpty() ? parsed[1] : version;
                }
                if (!version.isEmpty()) {
                    add(into, name, version, List.of(), written.get("dev").isTrue());
                }
            });
        }
    }

    /** Name and version; both empty for what is neither. */
    private static String[] pnpmKey(String key) {
        int peers = key.indexOf('(');
        String bare = peers < 0 ? key : key.substring(0, peers);
        boolean rooted = bare.startsWith("/");
        bare = rooted ? bare.substring(1) : bare;
        int slash = bare.lastIndexOf('/');
        int at = bare.lastIndexOf('@');
        String name;
        String version;
        if (rooted && slash > 0 && slash + 1 < bare.length() && Character.isDigit(bare.charAt(slash + 1))) {
            name = bare.substring(0, slash);
            version = bare.substring(slash + 1);
            int peer = version.indexOf('_');
            version = peer < 0 ? version : version.substring(0, peer);
        } else if (at > 0) {
            name = bare.substring(0, at);
            version = bare.substring(at + 1);
        } else {
            return new String[] {"", ""};
        }
        boolean plain = !version.isEmpty() && Character.isDigit(version.charAt(0)) && !version.contains("/");
        return plain ? new String[] {name, version} : new String[] {"", ""};
    }

    private static void add(Findings into, String name, String version, List<String> licences, boolean development) {
        int slash = name.startsWith("@") ? name.indexOf('/') : -1;
        into.add(
                PackageKind.NPM,
                slash < 0 ? "" : name.substring(0, slash),
                slash < 0 ? name : name.substring(slash + 1),
                version,
                licences,
                development);
    }
}
