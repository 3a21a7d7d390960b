{{/* The services of the platform, in the order of its map. */}}
{{- define "plimsoll.services" -}}
gateway inventory config-audit network-segmentation image-scan stage-scoring
{{- end -}}

{{/* Name of one service's resources. Takes root, name. */}}
{{- define "plimsoll.name" -}}
{{ printf "%s-%s" .root.Release.Name .name }}
{{- end -}}

{{/* What a selector may hold: it never changes in the life of a release. Takes root, name. */}}
{{- define "plimsoll.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{/* Labels of a service's resources. Takes root, name. */}}
{{- define "plimsoll.labels" -}}
{{ include "plimsoll.selector" . }}
{{ include "plimsoll.release-labels" .root }}
{{- end -}}

{{/* Labels of every resource. Takes the root. */}}
{{- define "plimsoll.release-labels" -}}
app.kubernetes.io/part-of: plimsoll
team: {{ .Values.owner | quote }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* What one service is set to: its own values over the defaults, as YAML. Takes root, name. */}}
{{- define "plimsoll.settings" -}}
{{ mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values.services .name | default dict)) | toYaml }}
{{- end -}}

{{/* URL of the realm. Takes the root. */}}
{{- define "plimsoll.issuer" -}}
{{- with .Values.identity -}}
{{- if .issuer -}}{{ .issuer }}{{- else -}}{{ printf "%s/realms/%s" (trimSuffix "/" .keycloak.url) .keycloak.realm }}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Secret with what a service says to the broker; empty for the gateway and for a plain listener. Takes root, name. */}}
{{- define "plimsoll.kafka-access" -}}
{{- if ne .name "gateway" -}}{{ .root.Values.kafka.access.secret | replace "NAME" .name }}{{- end -}}
{{- end -}}

{{/* Secret with the certificate of the sensors' door; empty for all but inventory, and where the door is shut. Takes root, name. */}}
{{- define "plimsoll.sensors" -}}
{{- if and (eq .name "inventory") .root.Values.sensors.enabled -}}{{ .root.Values.sensors.tlsSecret }}{{- end -}}
{{- end -}}

{{/* Name of a Secret for one service. Takes pattern, name. */}}
{{- define "plimsoll.secret" -}}
{{ .pattern | replace "NAME" .name }}
{{- end -}}
