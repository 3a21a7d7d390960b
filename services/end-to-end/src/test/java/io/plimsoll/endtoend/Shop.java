package io.plimsoll.endtoend;

import java.util.Locale;

/** A small application in as many variants as a test needs. */
final class Shop {

    private Shop() {}

    /**
     * A namespace of a team with some Deployments.
     *
     * @param privileged how many of them are privileged
     */
    static String of(String namespace, String team, int deployments, int privileged) {
        StringBuilder yaml = new StringBuilder(String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {team: %s}
                """, namespace, team));
        for (int n = 0; n < deployments; n++) {
            yaml.append(String.format(Locale.ROOT, """
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web-%d
                      namespace: %s
                      labels: {team: %s}
                    spec:
                      selector: {matchLabels: {app: web-%d}}
                      template:
                        metadata: {labels: {app: web-%d, team: %s}}
                        spec:
                          containers:
                            - name: main
                              image: registry.example/web:%d
                              securityContext: {privileged: %b}
                    """, n, namespace, team, n, n, team, n, n < privileged));
        }
        return yaml.toString();
    }
}
