package io.plimsoll.scanning;

import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Layer;
import io.plimsoll.scanning.image.ResolvedImage;
import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images in memory. */
public final class Images {

    private Images() {}

    public static ImageReport scan(byte[]... layers) {
        return scan(ImageConfig.NONE, layers);
    }

    public static ImageReport scan(ImageConfig config, byte[]... layers) {
        List<Layer> made = new ArrayList<>();
        for (byte[] layer : layers) {
            made.add(new Layer(
                    Optional.of(Digest.sha256(layer)),
                    Optional.empty(),
                    "",
                    layer.length,
                    () -> new ByteArrayInputStream(layer)));
        }
        try {
            return ImageScan.DEFAULT.read(
                    new ResolvedImage(Optional.empty(), "test", config, made, Map.of(), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
