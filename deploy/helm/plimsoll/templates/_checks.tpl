{{/* Contradictions and gaps, each refused in one line before anything is rendered. Takes the root. */}}
{{- define "plimsoll.checks" -}}
{{- $v := .Values -}}
{{- if not $v.image.registry -}}{{- fail "plimsoll: image.registry is not set: say where the images are, for instance registry.example.org/plimsoll" -}}{{- end -}}
{{- if not $v.kafka.bootstrapServers -}}{{- fail "plimsoll: no Kafka at all: set kafka.bootstrapServers; no service works without a broker" -}}{{- end -}}
{{- if not $v.database.host -}}{{- fail "plimsoll: no PostgreSQL at all: set database.host" -}}{{- end -}}
{{- if and $v.identity.issuer (or $v.identity.keycloak.url $v.identity.keycloak.realm) -}}{{- fail (printf "plimsoll: two issuers: identity.issuer (%s) and identity.keycloak (%s, realm %s); keep one" $v.identity.issuer $v.identity.keycloak.url $v.identity.keycloak.realm) -}}{{- end -}}
{{- if and (not $v.identity.issuer) (not (and $v.identity.keycloak.url $v.identity.keycloak.realm)) -}}{{- fail "plimsoll: no issuer: set identity.issuer, or identity.keycloak.url and identity.keycloak.realm" -}}{{- end -}}
{{- if not (contains "NAME" $v.secrets.database) -}}{{- fail (printf "plimsoll: secrets.database (%s) does not hold NAME: each service has a role of its own" $v.secrets.database) -}}{{- end -}}
{{- if not (contains "NAME" $v.secrets.client) -}}{{- fail (printf "plimsoll: secrets.client (%s) does not hold NAME: each service has a client of its own" $v.secrets.client) -}}{{- end -}}
{{- range $name := splitList " " (include "plimsoll.services" .) -}}
{{- $s := include "plimsoll.settings" (dict "root" $ "name" $name) | fromYaml -}}
{{- $most := ternary $s.autoscaling.maxReplicas $s.replicas $s.autoscaling.enabled -}}
{{- if and $s.autoscaling.enabled (lt (int $s.autoscaling.maxReplicas) (int $s.autoscaling.minReplicas)) -}}{{- fail (printf "plimsoll: services.%s.autoscaling: maxReplicas (%d) is below minReplicas (%d)" $name (int $s.autoscaling.maxReplicas) (int $s.autoscaling.minReplicas)) -}}{{- end -}}
{{- if and $s.autoscaling.enabled (has $name (list "gateway" "inventory")) -}}{{- fail (printf "plimsoll: services.%s.autoscaling: it reads no log and has no lag to scale by; set replicas" $name) -}}{{- end -}}
{{- if and (not (has $name (list "gateway" "inventory"))) (gt (int $most) (int $v.kafka.partitions)) -}}{{- fail (printf "plimsoll: services.%s: %d replicas share %d partitions; those beyond would be idle" $name (int $most) (int $v.kafka.partitions)) -}}{{- end -}}
{{- end -}}
{{- with $v.gateway -}}
{{- if and .ingress.enabled (not (and .ingress.host .ingress.tlsSecret)) -}}{{- fail "plimsoll: gateway.ingress needs host and tlsSecret: tokens cross it" -}}{{- end -}}
{{- if and .certificate.enabled (not .ingress.enabled) -}}{{- fail "plimsoll: gateway.certificate is on, gateway.ingress is off: nothing would use the certificate" -}}{{- end -}}
{{- if and .certificate.enabled (not .certificate.issuer.name) -}}{{- fail "plimsoll: gateway.certificate needs issuer.name" -}}{{- end -}}
{{- end -}}
{{- with $v.sensors -}}
{{- if and .enabled (not .tlsSecret) -}}{{- fail "plimsoll: sensors needs tlsSecret: credentials cross it" -}}{{- end -}}
{{- if and .certificate.enabled (not .enabled) -}}{{- fail "plimsoll: sensors.certificate is on, sensors is off: nothing would use the certificate" -}}{{- end -}}
{{- if and .certificate.enabled (not (and .certificate.host .certificate.issuer.name)) -}}{{- fail "plimsoll: sensors.certificate needs host and issuer.name" -}}{{- end -}}
{{- if and .enabled $v.networkPolicies.enabled (not .from) -}}{{- fail "plimsoll: sensors is on and sensors.from is empty: the policies would refuse every sensor" -}}{{- end -}}
{{- end -}}
{{- if and $v.kafka.strimziTopics.enabled (not $v.kafka.strimziTopics.cluster) -}}{{- fail "plimsoll: kafka.strimziTopics needs cluster, the name of the Kafka resource" -}}{{- end -}}
{{- if and $v.networkPolicies.enabled $v.monitoring.serviceMonitors.enabled (not $v.monitoring.from) -}}{{- fail "plimsoll: monitoring.serviceMonitors is on and monitoring.from is empty: the policies would refuse every scrape" -}}{{- end -}}
{{- if and $v.networkPolicies.enabled $v.tracing.endpoint (not $v.tracing.peers) -}}{{- fail "plimsoll: tracing.endpoint is set and tracing.peers is empty: the policies would refuse every trace" -}}{{- end -}}
{{- if eq $v.customResources "check" -}}
{{- $needed := dict -}}
{{- if $v.monitoring.serviceMonitors.enabled -}}{{- $_ := set $needed "monitoring.serviceMonitors" "monitoring.coreos.com/v1" -}}{{- end -}}
{{- if $v.gateway.certificate.enabled -}}{{- $_ := set $needed "gateway.certificate" "cert-manager.io/v1" -}}{{- end -}}
{{- if $v.sensors.certificate.enabled -}}{{- $_ := set $needed "sensors.certificate" "cert-manager.io/v1" -}}{{- end -}}
{{- if $v.kafka.strimziTopics.enabled -}}{{- $_ := set $needed "kafka.strimziTopics" "kafka.strimzi.io/v1beta2" -}}{{- end -}}
{{- range $value, $api := $needed -}}
{{- if not ($.Capabilities.APIVersions.Has $api) -}}{{- fail (printf "plimsoll: %s is on and this cluster does not know %s: install its operator first, or set customResources to assume when rendering without a cluster" $value $api) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
