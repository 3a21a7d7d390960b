package io.plimsoll.sensing.object;

import io.plimsoll.kubernetes.value.Value;

/**
 * Who changed an object last, as {@code metadata.managedFields} tells: the newest entry that is no subresource's, since a controller that
 * writes a status has changed nothing that anybody wants. Of managedFields nothing else leaves a cluster.
 *
 * @param manager for instance {@code kubectl-edit} or {@code argocd-controller}; empty when nobody is named
 * @param operation {@code Apply} or {@code Update}; empty when nobody is named
 * @param time as written, RFC 3339; empty when none is
 */
public record LastChange(String manager, String operation, String time) {

    public static final LastChange UNKNOWN = new LastChange("", "", "");

    private static final int CHARS_MAX = 128;

    static LastChange of(Value metadata) {
        LastChange last = UNKNOWN;
        for (Value entry : metadata.items("managedFields")) {
            String time = entry.text("time");
            // Times of one form and zone are ordered as their text is.
            if (entry.text("subresource").isEmpty()
                    && !entry.text("manager").isEmpty()
                    && time.compareTo(last.time()) >= 0) {
                last = new LastChange(bounded(entry.text("manager")), bounded(entry.text("operation")), bounded(time));
            }
        }
        return last;
    }

    private static String bounded(String text) {
        return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
    }
}
