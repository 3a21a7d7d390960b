package io.plimsoll.scanning;

import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.configuration.ConfigurationFinding;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.secret.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What one image contains, before anything is matched against it.
 *
 * @param origin somebody else's bill this is taken from, by format and tool; empty when the image itself was read
 * @param name as asked for or as the source names it; may be empty
 * @param digest of the manifest, empty where the source has none
 * @param config {@link ImageConfig#NONE} for a root file system
 * @param lineage where it comes from
 * @param layers digests, lowest first; empty for a root file system
 * @param secrets credentials lying open, sorted; empty also when none were looked for
 */
public record ImageReport(
        String origin,
        String name,
        Optional<Digest> digest,
        ImageConfig config,
        Lineage lineage,
        List<String> layers,
        Catalogue catalogue,
        List<Secret> secrets,
        List<ConfigurationFinding> configuration) {
    public ImageReport {
        layers = List.copyOf(layers);
        secrets = List.copyOf(secrets);
        configuration = List.copyOf(configuration);
    }
}
