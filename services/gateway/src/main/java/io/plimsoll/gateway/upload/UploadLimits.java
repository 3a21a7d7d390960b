package io.plimsoll.gateway.upload;

/**
 * Bounds of one upload; past any of them the whole is refused.
 *
 * @param packedBytesMax of the body as it is sent
 * @param unpackedBytesMax of what comes out of it
 * @param ratioMax unpacked by packed bytes, once {@code ratioFreeBytes} are unpacked
 * @param ratioFreeBytes unpacked bytes below which no ratio is judged: small files of equal lines pack very well
 * @param entriesMax entries of an archive, those included that are not taken
 * @param nameCharsMax characters of one name
 * @param headerBytesMax of the headers of one entry; what extends a name is read into memory
 */
public record UploadLimits(
        long packedBytesMax,
        long unpackedBytesMax,
        int ratioMax,
        long ratioFreeBytes,
        int entriesMax,
        int nameCharsMax,
        int headerBytesMax) {

    public static final UploadLimits DEFAULT =
            new UploadLimits(64L << 20, 256L << 20, 100, 16L << 20, 20_000, 1_024, 1 << 20);

    public UploadLimits {
        if (packedBytesMax < 1
                || unpackedBytesMax < 1
                || ratioMax < 1
                || ratioFreeBytes < 0
                || entriesMax < 1
                || nameCharsMax < 1
                || headerBytesMax < 512) {
            throw new IllegalArgumentException("limits are positive, headers at least one block");
        }
    }
}
