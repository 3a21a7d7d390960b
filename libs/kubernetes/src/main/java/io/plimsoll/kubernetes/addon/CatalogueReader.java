package io.plimsoll.kubernetes.addon;

import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a catalogue and refuses a wrong one, naming file and line: a silent slip here would hide an application. */
final class CatalogueReader {

    private static final Set<String> FIELDS =
            Set.of("id", "title", "role", "class", "images", "baselineExempt", "serviceAccounts");
    private static final String SEGMENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    /** A repository, or a folder of them; no tag, no digest, no port, no bare {@code *}. */
    private static final Pattern REPOSITORY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*(?:/\\*)?");

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9.-]+/[a-z0-9.-]+");

    private final String file;
    private final Set<String> ids = new HashSet<>();
    /** Who lists a repository, by its text. */
    private final Map<String, String> listed = new HashMap<>();

    CatalogueReader(String file) {
        this.file = file;
    }

    List<AddOn> addOns(Value root) {
        List<AddOn> addOns = new ArrayList<>();
        for (Value entry : root.items("addons")) {
            addOns.add(addOn(entry));
        }
        if (addOns.isEmpty()) {
            throw wrong(root, "no add-ons are listed under 'addons'");
        }
        return addOns;
    }

    private AddOn addOn(Value entry) {
        for (String field : entry.fields().keySet()) {
            if (!FIELDS.contains(field)) {
                throw wrong(entry, "an add-on has no field '" + field + "'");
            }
        }
        String id = entry.text("id");
        if (!ids.add(id)) {
            throw wrong(entry, "add-on '" + id + "' is listed twice");
        }
        AddOnRole role = word(entry, "role", AddOnRole::of);
        AddOnClass addOnClass = word(entry, "class", AddOnClass::of);
        try {
            return new AddOn(
                    id, entry.text("title"), role, addOnClass, images(entry, id), families(entry), accounts(entry));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(file + ":") ? e : wrong(entry, message);
        }
    }

    private <T> T word(Value entry, String field, Function<String, Optional<T>> known) {
        Value value = entry.at(field);
        String text = value.text().orElse("");
        return known.apply(text)
                .orElseThrow(() -> wrong(
                        value.present() ? value : entry,
                        "add-on '" + entry.text("id") + "': unknown " + field + " '" + text + "'"));
    }

    private List<String> images(Value entry, String id) {
        List<String> images = new ArrayList<>();
        for (Value item : entry.items("images")) {
            String image = item.text().orElse("");
            if (!REPOSITORY.matcher(image).matches()) {
                throw wrong(item, "not a repository: '" + image + "'");
            }
            String other = listed.putIfAbsent(image, id);
            if (other != null) {
                throw wrong(item, image + " is listed twice, by " + other + " and by " + id);
            }
            images.add(image);
        }
        return images;
    }

    private Set<BaselineFamily> families(Value entry) {
        Set<BaselineFamily> families = new LinkedHashSet<>();
        for (Value item : list(entry, "baselineExempt")) {
            String family = item.text().orElse("");
            families.add(BaselineFamily.of(family)
                    .orElseThrow(() -> wrong(item, "unknown family of the baseline: '" + family + "'")));
        }
        return families;
    }

    private Set<String> accounts(Value entry) {
        Set<String> accounts = new LinkedHashSet<>();
        for (Value item : list(entry, "serviceAccounts")) {
            String account = item.text().orElse("");
            if (!ACCOUNT.matcher(account).matches()) {
                throw wrong(item, "not a namespace/name of a service account: '" + account + "'");
            }
            accounts.add(account);
        }
        return accounts;
    }

    /** The items of a list that may be left out, but not be something else. */
    private List<Value> list(Value entry, String field) {
        Value value = entry.at(field);
        if (value.present() && !(value instanceof Value.Arr)) {
            throw wrong(value, "'" + field + "' is a list");
        }
        return value.items();
    }

    private IllegalArgumentException wrong(Value at, String message) {
        return new IllegalArgumentException(file + ":" + at.line() + ": " + message);
    }
}
