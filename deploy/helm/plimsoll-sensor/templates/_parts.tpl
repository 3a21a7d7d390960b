{{/* What a selector may hold: it never changes in the life of a release. */}}
{{- define "sensor.selector" -}}
app.kubernetes.io/name: sensor
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Labels of every resource. */}}
{{- define "sensor.labels" -}}
{{ include "sensor.selector" . }}
app.kubernetes.io/part-of: plimsoll
team: {{ .Values.owner | quote }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Name of what belongs to the cluster and not to a namespace: two releases are two. */}}
{{- define "sensor.cluster-name" -}}
{{ printf "%s-%s" .Release.Namespace .Release.Name }}
{{- end -}}

{{/* Secret that holds the credential. */}}
{{- define "sensor.credential" -}}
{{ .Values.credential.secret | default (printf "%s-credential" .Release.Name) }}
{{- end -}}

{{/* Contradictions and gaps, each refused in one line before anything is rendered. */}}
{{- define "sensor.checks" -}}
{{- $v := .Values -}}
{{- if not $v.image.registry -}}{{- fail "plimsoll-sensor: image.registry is not set: say where the images are, for instance registry.example.org/plimsoll" -}}{{- end -}}
{{- if not $v.cluster -}}{{- fail "plimsoll-sensor: cluster is not set: the name this cluster was registered with" -}}{{- end -}}
{{- if not $v.inventory.address -}}{{- fail "plimsoll-sensor: inventory.address is not set: host:port of inventory's door for sensors" -}}{{- end -}}
{{- if and $v.credential.secret $v.credential.value -}}{{- fail (printf "plimsoll-sensor: two credentials: credential.secret (%s) and credential.value; keep one" $v.credential.secret) -}}{{- end -}}
{{- if not (or $v.credential.secret $v.credential.value) -}}{{- fail "plimsoll-sensor: no credential: set credential.secret, the name of a Secret with what was issued for this cluster" -}}{{- end -}}
{{- if and $v.inventory.authority.secret (not $v.inventory.tls) -}}{{- fail "plimsoll-sensor: inventory.authority is set and inventory.tls is off: nothing would use the certificates" -}}{{- end -}}
{{- if and $v.networkPolicy.enabled $v.monitoring.serviceMonitor.enabled (not $v.monitoring.from) -}}{{- fail "plimsoll-sensor: monitoring.serviceMonitor is on and monitoring.from is empty: the policy would refuse every scrape" -}}{{- end -}}
{{- if and (eq $v.customResources "check") $v.monitoring.serviceMonitor.enabled (not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1")) -}}{{- fail "plimsoll-sensor: monitoring.serviceMonitor is on and this cluster does not know monitoring.coreos.com/v1: install its operator first, or set customResources to assume when rendering without a cluster" -}}{{- end -}}
{{- end -}}
