package io.plimsoll.scanning.image;

/**
 * Bounds of what is read of one image. Past a bound of a part, the part is left out; past one of the whole, reading
 * stops; both are said as {@link Incompleteness}.
 *
 * @param manifestBytesMax of a manifest, an index or a layout's index
 * @param configBytesMax of an image's configuration
 * @param layersMax layers of one image
 * @param indexDepthMax indexes within indexes
 * @param entriesMax tar entries or files of one image
 * @param unpackedBytesMax of all layers together, after decompression
 * @param ratioMax unpacked by packed bytes of a layer, once {@link #ratioFreeBytes} are unpacked
 * @param ratioFreeBytes unpacked bytes of a layer below which no ratio is judged
 * @param nameBytesMax of one path or link target
 * @param fileBytesMax of a file that is read whole: RPM databases, archives, executables
 * @param textBytesMax of other package databases and of lock files, which take several times their size while they are read
 * @param nestedBytesMax unpacked at once from archives within one archive; stored ones cost nothing
 * @param archiveDepthMax archives within archives
 * @param archiveEntriesMax entries of all archives of one image together
 * @param archiveBytesMax unpacked from within all archives of one image together
 * @param packagesMax findings of packages in one image
 * @param claimsMax files of one image that distribution packages say they own
 */
public record ImageLimits(
        int manifestBytesMax,
        int configBytesMax,
        int layersMax,
        int indexDepthMax,
        int entriesMax,
        long unpackedBytesMax,
        int ratioMax,
        long ratioFreeBytes,
        int nameBytesMax,
        int fileBytesMax,
        int textBytesMax,
        int nestedBytesMax,
        int archiveDepthMax,
        int archiveEntriesMax,
        long archiveBytesMax,
        int packagesMax,
        int claimsMax) {

    public static final ImageLimits DEFAULT = new ImageLimits(
            4 << 20, 8 << 20, 500, 4, 200_000, 4L << 30, 100, 64L << 20, 8 << 10, 128 << 20, 32 << 20, 64 << 20, 16,
            1_000_000, 2L << 30, 500_000, 1_000_000);

    public ImageLimits {
        if (manifestBytesMax < 1
                || configBytesMax < 1
                || layersMax < 1
                || indexDepthMax < 1
                || entriesMax < 1
                || unpackedBytesMax < 1
                || ratioMax < 1
                || ratioFreeBytes < 0
                || nameBytesMax < 256
                || fileBytesMax < 1
                || textBytesMax < 1
                || nestedBytesMax < 1
                || packagesMax < 1
                || claimsMax < 1
                || archiveDepthMax < 1
                || archiveEntriesMax < 1
                || archiveBytesMax < 1) {
            throw new IllegalArgumentException("limits are positive, names at least 256 bytes");
        }
    }
}
