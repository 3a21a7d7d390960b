package io.plimsoll.sensor.uplink;

import io.plimsoll.sensing.kind.ServedKind;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.stream.ListReader;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.api.Refused;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Sights;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads states again that were let go: few of a kind one by one, many of it as a list, page by page, telling each page before the next is read so
 * that no more than a page waits.
 */
final class Bodies {

    /** More of one kind than this are read as a list. */
    private static final int ONE_BY_ONE_MAX = 30;

    private static final int PAGE_OBJECTS = 100;
    /** A list that expires is begun again; what was told of it need not be told again. */
    private static final int EXPIRED_MAX = 20;

    /** No token of a server: none holds a blank. */
    private static final String FROM_THE_BEGINNING = " ";

    private final ApiServer api;
    private final Kinds kinds;
    private final Sights sights;
    private final ClusterView view;

    Bodies(ApiServer api, Kinds kinds, Sights sights, ClusterView view) {
        this.api = api;
        this.kinds = kinds;
        this.sights = sights;
        this.view = view;
    }

    /** Tells what waits and has its state. */
    interface Telling {
        void tell() throws IOException, InterruptedException;
    }

    /** Reads the states of the objects, or that they are not there. */
    void fetch(List<ObjectKey> keys, Telling telling) throws IOException, InterruptedException {
        Map<ObjectKey, Integer> manyOf = new LinkedHashMap<>();
        for (ObjectKey key : keys) {
            ObjectKey ofKind = new ObjectKey(key.group(), key.kind(), "", "");
            int many = manyOf.computeIfAbsent(
                    ofKind, each -> view.unfetched(key.group(), key.kind()).size());
            Optional<ServedKind> served = kinds.served(key.group(), key.kind());
            if (!view.isUnfetched(key)) {
                continue;
            }
            if (served.isEmpty()) {
                view.missing(key);
            } else if (many > ONE_BY_ONE_MAX) {
                list(served.get(), telling);
                manyOf.put(ofKind, 0);
            } else {
                one(served.get(), key);
            }
        }
    }

    private void one(ServedKind kind, ObjectKey key) throws IOException, InterruptedException {
        try (InputStream body =
                api.good(kind.path(part(key.namespace()), part(key.name()))).body()) {
            ListReader.object(
                    body, (object, whole) -> sights.of(object, kind, whole).ifPresent(view::fetched));
        } catch (Refused e) {
            if (e.code() != 404 && e.code() != 403) {
                throw e;
            }
            view.missing(key);
        }
    }

    private static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void list(ServedKind kind, Telling telling) throws IOException, InterruptedException {
        List<ObjectKey> letGo = view.unfetched(kind.group(), kind.kind());
        Set<ObjectKey> listed = new HashSet<>();
        String next = "";
        int expired = 0;
        do {
            String page = next.isEmpty() || next.equals(FROM_THE_BEGINNING)
                    ? ""
                    : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            try (InputStream body =
                    api.good(kind.path() + "?limit=" + PAGE_OBJECTS + page).body()) {
                next = ListReader.read(
                                body,
                                (object, whole) -> sights.of(object, kind, whole)
                                        .ifPresent(each -> {
                                            listed.add(each.key());
                                            view.fetched(each);
                                        }))
                        .next();
            } catch (Refused e) {
                if (e.code() != 410 || ++expired > EXPIRED_MAX) {
                    throw e;
                }
                next = FROM_THE_BEGINNING;
            }
            telling.tell();
        } while (!next.isEmpty());
        view.missingOf(letGo, listed);
    }
}
