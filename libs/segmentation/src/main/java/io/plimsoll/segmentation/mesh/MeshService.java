package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.value.Texts;
import java.util.Map;

/** A Service with a selector, by the name the mesh knows it under. */
record MeshService(String namespace, String name, Map<String, String> selector) {

    MeshService {
        selector = Map.copyOf(selector);
    }

    boolean leadsTo(String podNamespace, Map<String, String> labels) {
        return namespace.equals(podNamespace) && Texts.includes(labels, selector);
    }
}
