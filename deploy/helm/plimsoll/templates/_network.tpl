{{/* The edges of one service, and nothing else. Takes root, name. */}}
{{- define "plimsoll.network" -}}
{{- $v := .root.Values -}}
{{- $s := include "plimsoll.settings" . | fromYaml -}}
{{- if $v.networkPolicies.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "plimsoll.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "plimsoll.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- if eq .name "gateway" }}
    {{- with $v.gateway.from }}
    - from: {{- toYaml . | nindent 8 }}
      ports: [{port: http, protocol: TCP}]
    {{- end }}
    {{- else }}
    - from:
        - podSelector:
            matchLabels: {{- include "plimsoll.selector" (dict "root" .root "name" "gateway") | nindent 14 }}
      ports: [{port: http, protocol: TCP}]
    {{- end }}
    {{- if include "plimsoll.sensors" . }}
    {{- with $v.sensors.from }}
    - from: {{- toYaml . | nindent 8 }}
      ports: [{port: sensors, protocol: TCP}]
    {{- end }}
    {{- end }}
    {{- with $v.monitoring.from }}
    - from: {{- toYaml . | nindent 8 }}
      ports: [{port: http, protocol: TCP}]
    {{- end }}
  egress:
    - to: {{- toYaml $v.networkPolicies.dns.peers | nindent 8 }}
      ports:
        {{- range $v.networkPolicies.dns.ports }}
        - {port: {{ . }}, protocol: UDP}
        - {port: {{ . }}, protocol: TCP}
        {{- end }}
    - to: {{- toYaml $v.identity.peers | nindent 8 }}
      ports: {{- include "plimsoll.ports" $v.identity.ports | nindent 8 }}
    {{- if eq .name "gateway" }}
    {{- range $other := without (splitList " " (include "plimsoll.services" .root)) "gateway" }}
    - to:
        - podSelector:
            matchLabels: {{- include "plimsoll.selector" (dict "root" $.root "name" $other) | nindent 14 }}
      ports: [{port: http, protocol: TCP}]
    {{- end }}
    {{- else }}
    - to: {{- toYaml $v.kafka.peers | nindent 8 }}
      ports: {{- include "plimsoll.ports" $v.kafka.ports | nindent 8 }}
    - to: {{- toYaml $v.database.peers | nindent 8 }}
      ports: {{- include "plimsoll.ports" (list $v.database.port) | nindent 8 }}
    {{- end }}
    {{- if $v.tracing.endpoint }}
    - to: {{- toYaml $v.tracing.peers | nindent 8 }}
      ports: {{- include "plimsoll.ports" $v.tracing.ports | nindent 8 }}
    {{- end }}
    {{- with $s.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end -}}

{{/* TCP ports of a rule. Takes a list of numbers. */}}
{{- define "plimsoll.ports" -}}
{{- range . }}
- {port: {{ . }}, protocol: TCP}
{{- end }}
{{- end -}}
