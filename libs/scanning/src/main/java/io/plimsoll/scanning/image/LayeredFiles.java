package io.plimsoll.scanning.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the file system that an image's layers add up to, each layer once, as a stream, highest first: what a higher
 * layer hides is skipped without being looked into. A layer that fails is said, and the others are still read.
 */
public final class LayeredFiles {

    private static final int COMPLAINTS_MAX = 20;

    private final Budget budget;
    private final FileVisitor visitor;
    private final Masks masks = new Masks();
    private final List<Incompleteness> incomplete = new ArrayList<>();

    private LayeredFiles(Budget budget, FileVisitor visitor) {
        this.budget = budget;
        this.visitor = visitor;
    }

    /**
     * Tells {@code visitor} about every file.
     *
     * @return what was not read, empty when everything was
     */
    public static List<Incompleteness> read(ResolvedImage image, Budget budget, FileVisitor visitor)
            throws IOException {
        LayeredFiles reading = new LayeredFiles(budget, visitor);
        reading.incomplete.addAll(image.incomplete());
        for (int index = image.layers().size() - 1; index >= 0; index--) {
            try {
                reading.layer(image.layers().get(index), index);
            } catch (Budget.Exhausted e) {
                reading.incomplete.add(new Incompleteness("layer " + index, e.getMessage() + ", reading stopped"));
                break;
            }
        }
        return List.copyOf(reading.incomplete);
    }

    private void layer(Layer layer, int index) throws IOException {
        String where = "layer " + index;
        try (LayerStream stream = LayerStream.open(layer, budget)) {
            try {
                entries(stream, index, where);
            } catch (MalformedImage e) {
                incomplete.add(new Incompleteness(where, String.valueOf(e.getMessage())));
            }
            stream.verify();
            masks.nextLayer();
        } catch (MalformedImage e) {
            visitor.retract(index);
            masks.forgetLayer();
            incomplete.add(new Incompleteness(where, "refused: " + e.getMessage()));
        } catch (Budget.Exhausted e) {
            throw e;
        } catch (EOFException e) {
            masks.nextLayer();
            incomplete.add(new Incompleteness(where, "truncated"));
        } catch (IOException e) {
            // Whether the rest has the digest cannot be known, so nothing of it is kept.
            visitor.retract(index);
            masks.forgetLayer();
            incomplete.add(new Incompleteness(where, "cannot be read: " + e.getMessage()));
        }
    }

    private void entries(LayerStream stream, int index, String where) throws IOException {
        int[] complaints = new int[1];
        TarReader tar = new TarReader(stream, budget.limits(), complaint -> {
            if (complaints[0]++ < COMPLAINTS_MAX) {
                incomplete.add(new Incompleteness(where, complaint));
            }
        });
        for (Optional<FileEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
            budget.entry();
            entry(next.get(), index, tar);
        }
        if (complaints[0] > COMPLAINTS_MAX) {
            incomplete.add(new Incompleteness(where, (complaints[0] - COMPLAINTS_MAX) + " more entries left out"));
        }
    }

    private void entry(FileEntry entry, int index, TarReader tar) throws IOException {
        String name = entry.name();
        if (name.startsWith(Masks.WHITEOUT)) {
            String folder = EntryPath.parent(entry.path());
            if (name.equals(Masks.OPAQUE)) {
                masks.opaque(folder);
            } else if (!name.startsWith(".wh..wh.") && name.length() > Masks.WHITEOUT.length()) {
                masks.remove(folder + "/" + name.substring(Masks.WHITEOUT.length()));
            }
            return;
        }
        switch (masks.view(entry.path())) {
            case VISIBLE -> visitor.visit(entry, index, tar);
            case REPLACED -> visitor.replaced(entry, index, tar);
            case REMOVED -> {}
        }
        masks.put(entry.path(), entry.kind() == FileEntry.Kind.FOLDER);
    }
}
