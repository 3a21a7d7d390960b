package io.plimsoll.kubernetes;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;

/**
 * One Kubernetes object as observed.
 *
 * @param version the API version without its group, for instance {@code v1beta1}
 * @param body the whole object, projected: managedFields, last-applied and Secret data are gone
 * @param variants further bodies declared under the same identity, this one first in the order of content; empty when it
 *     was declared once. The weaker of all decides, so file order never matters.
 */
public record Resource(ResourceId id, String version, Value body, Source source, List<Resource> variants) {

    /** Field that marks a body of which only identity and labels are kept. No object of Kubernetes has it. */
    public static final String IDENTITY_ONLY = "plimsoll.io/identity-only";

    public Resource {
        variants = List.copyOf(variants);
    }

    /** True when the object was over the size bound, so that nothing but identity and labels can be told of it. */
    public boolean identityOnly() {
        return body.hasKey(IDENTITY_ONLY);
    }

    /** Identity and labels alone, without variants: what is kept where even that much is all there is room for. */
    public Resource keptByIdentity() {
        return new Resource(id, version, DeclaredObject.identityOnly(body), source, List.of());
    }

    public String kind() {
        return id.kind();
    }

    public String group() {
        return id.group();
    }

    public String namespace() {
        return id.namespace();
    }

    public String name() {
        return id.name();
    }

    public Map<String, String> labels() {
        return body.at("metadata", "labels").textMap();
    }

    public Map<String, String> annotations() {
        return body.at("metadata", "annotations").textMap();
    }

    public Value spec() {
        return body.at("spec");
    }

    /** True for the kind in any of the groups; the core group is the empty text. */
    public boolean is(String kind, String... groups) {
        if (!id.kind().equals(kind)) {
            return false;
        }
        if (groups.length == 0) {
            return true;
        }
        for (String group : groups) {
            if (id.group().equals(group)) {
                return true;
            }
        }
        return false;
    }

    /** This and its variants: all that was declared under this identity. */
    public List<Resource> declared() {
        if (variants.isEmpty()) {
            return List.of(this);
        }
        java.util.ArrayList<Resource> all = new java.util.ArrayList<>(variants.size() + 1);
        all.add(this);
        all.addAll(variants);
        return all;
    }

    /** Where a field of this object stands. */
    public Source at(Value field) {
        return source.atLine(field.line());
    }
}
