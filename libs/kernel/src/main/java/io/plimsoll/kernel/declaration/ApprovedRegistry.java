package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Source;

/**
 * A registry, or a part of one, that images may come from.
 *
 * @param prefix host and path of image references, without a slash at its end
 * @param isPrivate whether pulling needs a credential
 */
public record ApprovedRegistry(String prefix, boolean isPrivate, String author, Validity validity, Source source) {

    public ApprovedRegistry {
        prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Whether the reference lies below the prefix, at a path boundary: {@code example.com/a} holds no {@code example.com/ab}. */
    public boolean holds(ImageReference image) {
        String name = image.name();
        return name.equals(prefix) || name.startsWith(prefix + "/");
    }
}
