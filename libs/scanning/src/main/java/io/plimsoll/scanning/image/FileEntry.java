package io.plimsoll.scanning.image;

/**
 * One entry of a file system as it is met.
 *
 * @param path absolute and plain: starts with a slash, no {@code .}, no {@code ..}, no slash at the end
 * @param size of the content in bytes; 0 for what has none
 * @param mode permission bits with setuid (04000), setgid (02000) and sticky (01000)
 * @param target what a link points at, as written for symbolic links, as a path like {@code path} for hard links; else
 *     empty
 */
public record FileEntry(String path, Kind kind, long size, int mode, long uid, String target) {

    public enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a pipe or a socket. */
        SPECIAL,
        /** A sparse file, whose content is not put together. */
        SPARSE
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public boolean isExecutable() {
        return (mode & 0111) != 0;
    }
}
