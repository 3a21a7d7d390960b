package io.plimsoll.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API as its documentation describes it, to be asked over HTTP: discovery, lists in pages of one moment, watches with bookmarks, 410
 * for what it has forgotten, refusals. What it does wrong on purpose is asked of it by name. It counts what it is asked, and with which method.
 */
public final class KubernetesApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A kind as it is served. */
    public record Kind(String group, String version, String kind, String plural, boolean namespaced) {
        String root() {
            return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        }

        String path() {
            return root() + "/" + plural;
        }
    }

    /** @param late it came after one that is newer: who goes on from that one has not seen it */
    private record Event(long version, boolean late, String type, String object) {

        boolean isKnownTo(long from) {
            return version < from || version == from && !late;
        }
    }

    private record Failure(int code, int retryAfterSeconds, int[] left) {}

    private record ListOfAMoment(long version, List<String> items) {}

    private final HttpServer server;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, SortedMap<String, String>> objects = new HashMap<>();
    private final Map<String, List<Event>> events = new HashMap<>();
    private final Watchers watchers = new Watchers();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> forgotten = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Map<String, ListOfAMoment> lists = new HashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<String> methods = new ArrayList<>();
    private long version = 1000;
    private int generation;
    private volatile long bookmarkMillis = 200;
    private volatile String token = "";
    private volatile boolean closed;

    public KubernetesApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What a client needs to be told to reach it. */
    public String kubeconfig() {
        return "apiVersion: v1\nkind: Config\ncurrent-context: test\nclusters:\n- {name: c, cluster: {server: \""
                + address()
                + "\"}}\nusers:\n- {name: u, user: {token: " + (token.isEmpty() ? "t" : token)
                + "}}\ncontexts:\n- {name: test, context: {cluster: c, user: u}}\n";
    }

    /** From now on only this token is answered; what is being watched goes on. */
    public KubernetesApi requireToken(String only) {
        token = only;
        return this;
    }

    /** Serves a kind from now on. */
    public synchronized KubernetesApi serve(String group, String version, String kind, String plural) {
        Kind served = new Kind(group, version, kind, plural, true);
        kinds.put(served.path(), served);
        objects.computeIfAbsent(served.path(), path -> new TreeMap<>());
        events.computeIfAbsent(served.path(), path -> new ArrayList<>());
        return this;
    }

    /** Serves the kind no more; its watches end. */
    public synchronized void unserve(String plural) {
        kinds.values().removeIf(each -> each.plural().equals(plural));
        endWatches();
    }

    /** Puts an object, as JSON or as any map of one; kinds that are not served are left out. */
    public synchronized boolean put(String json) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(json);
            Kind kind = kindOf(object);
            if (kind != null) {
                change(kind, object);
            }
            return kind != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Kind kindOf(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        for (Kind each : kinds.values()) {
            String wanted = each.group().isEmpty() ? each.version() : each.group() + "/" + each.version();
            if (each.kind().equals(object.path("kind").asText()) && wanted.equals(apiVersion)) {
                return each;
            }
        }
        return null;
    }

    private void change(Kind kind, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.put("resourceVersion", Long.toString(++version));
        String key = key(metadata);
        String json = object.toString();
        String type = map(objects, kind).put(key, json) == null ? "ADDED" : "MODIFIED";
        add(kind, new Event(version, false, type, json));
    }

    private void add(Kind kind, Event event) {
        map(events, kind).add(event);
        watchers.wake(kind.path());
    }

    private void endWatches() {
        generation++;
        watchers.wakeAll();
    }

    private static <T> T map(Map<String, T> map, Kind kind) {
        T value = map.get(kind.path());
        if (value == null) {
            throw new IllegalStateException(kind + " is not served");
        }
        return value;
    }

    private static String key(JsonNode metadata) {
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    public synchronized void delete(String plural, String namespace, String name) {
        Kind kind = byPlural(plural);
        String last = map(objects, kind).remove(namespace + "/" + name);
        if (last != null) {
            try {
                ObjectNode object = (ObjectNode) JSON.readTree(last);
                ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(++version));
                add(kind, new Event(version, false, "DELETED", object.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Kind byPlural(String plural) {
        return kinds.values().stream()
                .filter(each -> each.plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    /** Sends an event of a watch as it is, whatever it says: out of order, or twice. */
    public synchronized void event(String plural, String type, String object) {
        add(byPlural(plural), new Event(Long.MAX_VALUE, true, type, object));
    }

    /**
     * Sends an event as it was recorded, with the version it bears, and is in the state that the newest event of each object left: what comes late or
     * twice changes nothing.
     */
    public synchronized void replay(String type, String json) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(json);
            Kind kind = kindOf(object);
            if (kind == null) {
                throw new IllegalArgumentException("nothing serves " + object.path("kind"));
            }
            long own = object.path("metadata").path("resourceVersion").asLong();
            String key = key(object.path("metadata"));
            boolean late = own < version;
            version = Math.max(version, own);
            if (newest.merge(kind.path() + key, own, Math::max) == own) {
                if (type.equals("DELETED")) {
                    map(objects, kind).remove(key);
                } else {
                    map(objects, kind).put(key, json);
                }
            }
            add(kind, new Event(version, late, type, json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long a watch on which nothing happens waits for its next bookmark. */
    public KubernetesApi bookmarksEvery(Duration pause) {
        bookmarkMillis = pause.toMillis();
        return this;
    }

    /** Objects of a kind as they are now, as JSON. */
    public synchronized List<String> objects(String plural) {
        return List.copyOf(map(objects, byPlural(plural)).values());
    }

    /** All objects of all kinds, as JSON. */
    public synchronized List<String> objects() {
        List<String> all = new ArrayList<>();
        objects.values().forEach(each -> all.addAll(each.values()));
        return all;
    }

    /** The next requests whose path and query contain the text are refused. */
    public synchronized void refuse(String containing, int code, int retryAfterSeconds, int times) {
        failures.put(containing, new Failure(code, retryAfterSeconds, new int[] {times}));
    }

    public synchronized void grant(String containing) {
        failures.remove(containing);
    }

    /** Forgets everything before now: watches from before, and pages of lists, answer 410. */
    public synchronized void forget() {
        kinds.keySet().forEach(path -> forgotten.put(path, version));
        lists.clear();
        version++;
    }

    /** Ends all watches. */
    public synchronized void dropWatches() {
        endWatches();
    }

    /** How often a path was asked for. */
    public int asked(String path) {
        AtomicInteger count = asked.get(path);
        return count == null ? 0 : count.get();
    }

    /** Every method that was used, as often as it was. */
    public List<String> methods() {
        synchronized (methods) {
            return List.copyOf(methods);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            synchronized (methods) {
                methods.add(exchange.getRequestMethod());
            }
            String path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
            Map<String, String> query = Answers.query(exchange.getRequestURI().getRawQuery());
            String wanted = token;
            if (!wanted.isEmpty()
                    && !("Bearer " + wanted).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                Answers.answer(exchange, 401, Answers.status(401, "Unauthorized"));
                return;
            }
            Failure failure = failure(exchange.getRequestURI().toString());
            if (failure != null) {
                if (failure.retryAfterSeconds() > 0) {
                    exchange.getResponseHeaders().add("Retry-After", Integer.toString(failure.retryAfterSeconds()));
                }
                Answers.answer(exchange, failure.code(), Answers.status(failure.code(), "refused on purpose"));
            } else if (path.equals("/apis")) {
                Answers.answer(exchange, 200, groups());
            } else if (isRoot(path)) {
                Answers.answer(exchange, 200, resources(path));
            } else {
                object(exchange, path, query);
            }
        } catch (IOException e) {
            if (!closed && !String.valueOf(e.getMessage()).matches("(?i).*(broken pipe|reset|closed).*")) {
                throw e;
            }
        }
    }

    private synchronized boolean isRoot(String path) {
        return path.equals("/api/v1")
                || kinds.values().stream().anyMatch(each -> each.root().equals(path));
    }

    private synchronized @Nullable Failure failure(String uri) {
        for (Map.Entry<String, Failure> each : failures.entrySet()) {
            if (uri.contains(each.getKey()) && each.getValue().left()[0] > 0) {
                each.getValue().left()[0]--;
                return each.getValue();
            }
        }
        return null;
    }

    private synchronized String groups() {
        ObjectNode list = JSON.createObjectNode().put("kind", "APIGroupList");
        ArrayNode groups = list.putArray("groups");
        kinds.values().stream()
                .filter(each -> !each.group().isEmpty())
                .map(each -> each.group() + " " + each.version())
                .distinct()
                .forEach(each -> {
                    ObjectNode group = groups.addObject().put("name", each.substring(0, each.indexOf(' ')));
                    group.putArray("versions").addObject().put("version", each.substring(each.indexOf(' ') + 1));
                });
        return list.toString();
    }

    private synchronized String resources(String root) {
        ObjectNode list = JSON.createObjectNode().put("kind", "APIResourceList");
        ArrayNode resources = list.putArray("resources");
        for (Kind each : kinds.values()) {
            if (each.root().equals(root)) {
                ObjectNode resource = resources
                        .addObject()
                        .put("name", each.plural())
                        .put("kind", each.kind())
                        .put("namespaced", each.namespaced());
                resource.putArray("verbs").add("get").add("list").add("watch");
            }
        }
        return list.toString();
    }

    private void object(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        Kind kind;
        synchronized (this) {
            kind = kinds.get(path);
        }
        if (kind == null) {
            String one = one(path);
            Answers.answer(exchange, one.isEmpty() ? 404 : 200, one.isEmpty() ? Answers.status(404, "not found") : one);
        } else if ("true".equals(query.get("watch"))) {
            watch(exchange, kind, query);
        } else {
            list(exchange, kind, query);
        }
    }

    private synchronized String one(String path) {
        for (Kind each : kinds.values()) {
            for (Map.Entry<String, String> object : map(objects, each).entrySet()) {
                int slash = object.getKey().indexOf('/');
                String namespace = object.getKey().substring(0, slash);
                String at = each.root() + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + each.plural()
                        + "/" + object.getKey().substring(slash + 1);
                if (at.equals(path)) {
                    return object.getValue();
                }
            }
        }
        return "";
    }

    private void list(HttpExchange exchange, Kind kind, Map<String, String> query) throws IOException {
        StringBuilder body = new StringBuilder();
        synchronized (this) {
            String token = query.getOrDefault("continue", "");
            int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
            int from = 0;
            ListOfAMoment list;
            if (token.isEmpty()) {
                list = new ListOfAMoment(version, List.copyOf(map(objects, kind).values()));
                lists.put(kind.path() + "@" + version, list);
            } else {
                from = Integer.parseInt(token.substring(token.indexOf(':') + 1));
                list = lists.get(kind.path() + "@" + token.substring(0, token.indexOf(':')));
                if (list == null) {
                    body.append(Answers.status(410, "The provided continue parameter is too old"));
                }
            }
            if (list != null) {
                int to =
                        limit == 0 ? list.items().size() : Math.min(list.items().size(), from + limit);
                ObjectNode head = JSON.createObjectNode().put("resourceVersion", Long.toString(list.version()));
                if (to < list.items().size()) {
                    head.put("continue", list.version() + ":" + to);
                }
                body.append("{\"kind\":\"List\",\"metadata\":").append(head).append(",\"items\":[");
                body.append(String.join(",", list.items().subList(from, to))).append("]}");
            }
        }
        Answers.answer(exchange, body.indexOf("\"code\":410") >= 0 && body.length() < 300 ? 410 : 200, body.toString());
    }

    private void watch(HttpExchange exchange, Kind kind, Map<String, String> query) throws IOException {
        long from = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
        long end = System.nanoTime() + 1_000_000_000L * Long.parseLong(query.getOrDefault("timeoutSeconds", "3600"));
        int next;
        int mine;
        synchronized (this) {
            List<Event> all = map(events, kind);
            if (from < forgotten.getOrDefault(kind.path(), 0L)) {
                next = -1;
            } else {
                next = 0;
                while (next < all.size() && all.get(next).isKnownTo(from)) {
                    next++;
                }
            }
            mine = generation;
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        watchers.enter(kind.path());
        try (OutputStream out = exchange.getResponseBody()) {
            if (next < 0) {
                out.write(Answers.event("ERROR", Answers.status(410, "too old resource version")));
                return;
            }
            out.flush();
            long last = from;
            while (end - System.nanoTime() > 0) {
                awaitEvent(kind, next, mine, end);
                StringBuilder now = new StringBuilder();
                synchronized (this) {
                    if (mine != generation || closed) {
                        return;
                    }
                    List<Event> all = map(events, kind);
                    while (next < all.size()) {
                        Event event = all.get(next++);
                        now.append(new String(Answers.event(event.type(), event.object()), StandardCharsets.UTF_8));
                    }
                    if (now.isEmpty() && version > last) {
                        last = version;
                        ObjectNode bookmark = JSON.createObjectNode().put("kind", kind.kind());
                        bookmark.putObject("metadata").put("resourceVersion", Long.toString(version));
                        now.append(new String(Answers.event("BOOKMARK", bookmark.toString()), StandardCharsets.UTF_8));
                    }
                }
                out.write(now.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } finally {
            watchers.leave(kind.path());
        }
    }

    /** Returns when there is something to be told, or it is time for a bookmark or for the end. */
    private void awaitEvent(Kind kind, int next, int mine, long end) {
        long most = Math.min(
                end - System.nanoTime(), Duration.ofMillis(bookmarkMillis).toNanos());
        watchers.await(() -> isQuiet(kind, next, mine), most);
    }

    private synchronized boolean isQuiet(Kind kind, int next, int mine) {
        return next >= map(events, kind).size() && mine == generation && !closed;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            endWatches();
        }
        server.stop(0);
    }
}
