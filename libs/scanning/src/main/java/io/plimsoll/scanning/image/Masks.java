package io.plimsoll.scanning.image;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What higher layers hide of lower ones: OCI image layer specification, "Whiteouts", "Opaque Whiteout". Layers come
 * highest first; what a layer says takes effect below it only.
 */
final class Masks {

    static final String WHITEOUT = ".wh.";
    static final String OPAQUE = ".wh..wh..opq";

    /** What is known of a path from higher layers. */
    private enum Mark {
        /** A file or link is there: the path, and anything below it, is not seen. */
        FILE,
        /** A folder is there: a file of that name is not seen, what is below may be. */
        FOLDER,
        /** Removed, with everything below. */
        REMOVED
    }

    private final Map<String, Mark> above = new HashMap<>();
    private final Set<String> opaqueAbove = new HashSet<>();
    private final Map<String, Mark> here = new HashMap<>();
    private final Set<String> opaqueHere = new HashSet<>();

    /** How a path of the current layer is seen from above. */
    enum View {
        VISIBLE,
        /** Another file has its name. */
        REPLACED,
        /** Removed. */
        REMOVED
    }

    View view(String path) {
        for (String folder = EntryPath.parent(path); ; folder = EntryPath.parent(folder)) {
            Mark mark = above.get(folder);
            if (mark == Mark.REMOVED || mark == Mark.FILE || opaqueAbove.contains(folder)) {
                // A file that an opaque folder brings anew is a replacement, and its history is of interest.
                return above.get(path) == Mark.FILE ? View.REPLACED : View.REMOVED;
            }
            if (folder.isEmpty()) {
                break;
            }
        }
        Mark own = above.get(path);
        if (own == null) {
            return View.VISIBLE;
        }
        return own == Mark.REMOVED ? View.REMOVED : View.REPLACED;
    }

    /** Notes an entry of the current layer. */
    void put(String path, boolean folder) {
        here.put(path, folder ? Mark.FOLDER : Mark.FILE);
        parents(path);
    }

    /** A tar need not have entries for the folders that its files lie in. */
    private void parents(String path) {
        for (String folder = EntryPath.parent(path); !folder.isEmpty(); folder = EntryPath.parent(folder)) {
            Mark known = here.get(folder);
            if (known == Mark.FOLDER || known == Mark.FILE) {
                return;
            }
            here.put(folder, Mark.FOLDER);
        }
    }

    /** Notes a whiteout of the current layer; a file of the same name in the same layer stands. */
    void remove(String path) {
        here.putIfAbsent(path, Mark.REMOVED);
        // A folder made anew in the same layer starts empty.
        opaqueHere.add(path);
        parents(path);
    }

    void opaque(String folder) {
        opaqueHere.add(folder);
        if (!folder.isEmpty()) {
            here.putIfAbsent(folder, Mark.FOLDER);
            parents(folder);
        }
    }

    /** The current layer is read: what it said now hides what is below. */
    void nextLayer() {
        // A higher layer's word stands, except that a folder above and a removal here hide what is further below.
        here.forEach((path, mark) -> {
            Mark known = above.putIfAbsent(path, mark);
            if (known == Mark.FOLDER && mark != Mark.FOLDER) {
                opaqueAbove.add(path);
            }
        });
        opaqueAbove.addAll(opaqueHere);
        forgetLayer();
    }

    /** The current layer is void. */
    void forgetLayer() {
        here.clear();
        opaqueHere.clear();
    }
}
