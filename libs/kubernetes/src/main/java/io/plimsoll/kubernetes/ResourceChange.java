package io.plimsoll.kubernetes;

import java.util.Optional;

/**
 * What became of one object of a cluster.
 *
 * @param now the object as it is; empty when it is gone
 */
public record ResourceChange(ResourceId id, Optional<Resource> now) {

    public ResourceChange {
        if (now.isPresent() && !now.get().id().equals(id)) {
            throw new IllegalArgumentException(
                    "a change of " + id + " that is about " + now.get().id());
        }
    }

    /** The object came, or is another than it was. */
    public static ResourceChange put(Resource resource) {
        return new ResourceChange(resource.id(), Optional.of(resource));
    }

    /** The object is gone. */
    public static ResourceChange gone(ResourceId id) {
        return new ResourceChange(id, Optional.empty());
    }
}
