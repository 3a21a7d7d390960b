package io.plimsoll.cli.scan;

import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.image.FileEntry;
import io.plimsoll.scanning.image.FileVisitor;
import io.plimsoll.scanning.image.Incompleteness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A root file system in a folder. Links are never followed; kernel file systems at its root are passed over. */
record RootFiles(Path root) implements ImageScan.Files {

    private static final Set<String> KERNEL = Set.of("/proc", "/sys", "/dev");
    private static final int PROBLEMS_MAX = 100;

    @Override
    public List<Incompleteness> visit(Budget budget, FileVisitor visitor) throws IOException {
        List<Incompleteness> incomplete = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return KERNEL.contains(inside(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    budget.entry();
                    try {
                        tell(file, attributes, visitor);
                    } catch (Budget.Exhausted e) {
                        throw e;
                    } catch (IOException e) {
                        problem(file, e);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    problem(file, e);
                    return FileVisitResult.CONTINUE;
                }

                private void problem(Path file, IOException e) {
                    if (incomplete.size() < PROBLEMS_MAX) {
                        incomplete.add(new Incompleteness(
                                inside(file), "cannot be read: " + e.getClass().getSimpleName()));
                    }
                }
            });
        } catch (Budget.Exhausted e) {
            incomplete.add(new Incompleteness(root.toString(), e.getMessage() + ", reading stopped"));
        }
        return incomplete;
    }

    private String inside(Path file) {
        return "/" + root.relativize(file).toString().replace('\\', '/');
    }

    private void tell(Path file, BasicFileAttributes attributes, FileVisitor visitor) throws IOException {
        if (attributes.isSymbolicLink()) {
            String target = Files.readSymbolicLink(file).toString();
            visitor.visit(
                    new FileEntry(inside(file), FileEntry.Kind.SYMBOLIC_LINK, 0, 0777, 0, target),
                    -1,
                    InputStream.nullInputStream());
        } else if (attributes.isRegularFile()) {
            Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid");
            int mode = unix.get("mode") instanceof Integer bits ? bits & 07777 : 0644;
            long uid = unix.get("uid") instanceof Integer owner ? owner : 0;
            try (InputStream in = Files.newInputStream(file)) {
                visitor.visit(
                        new FileEntry(inside(file), FileEntry.Kind.FILE, attributes.size(), mode, uid, ""), -1, in);
            }
        } else {
            visitor.visit(
                    new FileEntry(inside(file), FileEntry.Kind.SPECIAL, 0, 0, 0, ""),
                    -1,
                    InputStream.nullInputStream());
        }
    }
}
