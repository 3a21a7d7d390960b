{{/* ServiceAccount, Deployment, Service, PodDisruptionBudget and HorizontalPodAutoscaler of one service. Takes root, name. */}}
{{- define "plimsoll.workload" -}}
{{- $v := .root.Values -}}
{{- $full := include "plimsoll.name" . -}}
{{- $s := include "plimsoll.settings" . | fromYaml -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
spec:
  {{- if not $s.autoscaling.enabled }}
  replicas: {{ $s.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels: {{- include "plimsoll.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "plimsoll.labels" . | nindent 8 }}
      {{- with $v.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ $full }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 30
      {{- with $v.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with $v.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- with $v.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $v.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile: {type: RuntimeDefault}
      topologySpreadConstraints:
        {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "plimsoll.selector" $ | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ printf "%s/%s" (trimSuffix "/" $v.image.registry) .name }}{{ if $s.digest }}@{{ $s.digest }}{{ else }}:{{ $v.image.tag | default .root.Chart.AppVersion }}{{ end }}
          imagePullPolicy: {{ $v.image.pullPolicy | default (ternary "IfNotPresent" "Always" (not (empty $s.digest))) }}
          ports:
            - name: http
              containerPort: 8080
            {{- if include "plimsoll.sensors" . }}
            - name: sensors
              containerPort: 8444
            {{- end }}
          env: {{- include "plimsoll.environment" (dict "root" .root "name" .name "settings" $s) | nindent 12 }}
          resources: {{- toYaml $s.resources | nindent 12 }}
          startupProbe:
            httpGet: {path: /q/health/started, port: http}
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /q/health/live, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: /q/health/ready, port: http}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 2
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: scratch, mountPath: /data, subPath: data}
            - {name: scratch, mountPath: /tmp, subPath: tmp}
            {{- with $s.volumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
            {{- if include "plimsoll.sensors" . }}
            - {name: sensors, mountPath: /sensors, readOnly: true}
            {{- end }}
            {{- if include "plimsoll.kafka-access" . }}
            - {name: kafka, mountPath: /kafka, readOnly: true}
            {{- end }}
      volumes:
        - name: scratch
          emptyDir: {sizeLimit: {{ $s.scratch }}}
        {{- with $s.volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with include "plimsoll.sensors" . }}
        - name: sensors
          secret: {secretName: {{ . }}}
        {{- end }}
        {{- with include "plimsoll.kafka-access" . }}
        - name: kafka
          secret: {secretName: {{ . }}}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
spec:
  selector: {{- include "plimsoll.selector" . | nindent 4 }}
  ports:
    - name: http
      port: 8080
      targetPort: http
{{- if or $s.autoscaling.enabled (gt (int $s.replicas) 1) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "plimsoll.selector" . | nindent 6 }}
{{- end }}
{{- if $s.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ $full }}}
  minReplicas: {{ $s.autoscaling.minReplicas }}
  maxReplicas: {{ $s.autoscaling.maxReplicas }}
  metrics:
    - type: Pods
      pods:
        metric: {name: plimsoll_corridor_records_behind}
        target: {type: AverageValue, averageValue: {{ $s.autoscaling.recordsBehind | quote }}}
  behavior:
    # A partition that moves is read anew from its beginning: rarely, and never by many at once.
    scaleUp:
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
    scaleDown:
      stabilizationWindowSeconds: 1800
      policies: [{type: Pods, value: 1, periodSeconds: 600}]
{{- end }}
{{- if $v.monitoring.serviceMonitors.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ $full }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "plimsoll.labels" . | nindent 4 }}
    {{- with $v.monitoring.serviceMonitors.labels }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  selector:
    matchLabels: {{- include "plimsoll.selector" . | nindent 6 }}
  endpoints:
    - port: http
      path: /q/metrics
      interval: {{ $v.monitoring.serviceMonitors.interval }}
      relabelings:
        # By these dashboards and rules find the platform, and tell its services apart.
        - targetLabel: job
          replacement: plimsoll
        - targetLabel: service
          replacement: {{ .name }}
{{- end }}
{{- end -}}

{{/* What a service reads from the environment. Takes root, name, settings. */}}
{{- define "plimsoll.environment" -}}
{{- $v := .root.Values -}}
{{- $name := .name -}}
- {name: PLIMSOLL_HOST, value: 0.0.0.0}
- {name: PLIMSOLL_PORT, value: "8080"}
- name: POD_IP
  valueFrom: {fieldRef: {fieldPath: status.podIP}}
- {name: PLIMSOLL_ADDRESS, value: "$(POD_IP):8080"}
- {name: PLIMSOLL_DATA, value: /data}
- {name: PLIMSOLL_LOG_LEVEL, value: {{ $v.logLevel }}}
{{- /* Whoever compiles gives way to whoever serves: ADR 0016. */}}
- {name: JDK_JAVA_OPTIONS, value: "-XX:MaxRAMPercentage={{ .settings.heapPercent }} -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=5"}
- {name: PLIMSOLL_ISSUER, value: {{ include "plimsoll.issuer" .root | quote }}}
- name: PLIMSOLL_CLIENT_ID
  valueFrom: {secretKeyRef: {name: {{ include "plimsoll.secret" (dict "pattern" $v.secrets.client "name" $name) }}, key: client-id}}
- name: PLIMSOLL_CLIENT_SECRET
  valueFrom: {secretKeyRef: {name: {{ include "plimsoll.secret" (dict "pattern" $v.secrets.client "name" $name) }}, key: client-secret}}
{{- if $v.tracing.endpoint }}
- {name: PLIMSOLL_TRACES, value: {{ $v.tracing.endpoint | quote }}}
{{- end }}
{{- if eq $name "gateway" }}
{{- range $other := without (splitList " " (include "plimsoll.services" .root)) "gateway" }}
- {name: PLIMSOLL_{{ $other | replace "-" "_" | upper }}, value: "{{ include "plimsoll.name" (dict "root" $.root "name" $other) }}:8080"}
{{- end }}
{{- else }}
- {name: PLIMSOLL_KAFKA, value: {{ $v.kafka.bootstrapServers | quote }}}
{{- if $v.kafka.access.secret }}
- {name: PLIMSOLL_KAFKA_ACCESS, value: /kafka/{{ $v.kafka.access.key }}}
{{- end }}
- {name: PLIMSOLL_PARTITIONS, value: {{ $v.kafka.partitions | quote }}}
- {name: PLIMSOLL_DB_HOST, value: {{ $v.database.host | quote }}}
- {name: PLIMSOLL_DB_PORT, value: {{ $v.database.port | quote }}}
- {name: PLIMSOLL_DB_NAME, value: {{ $v.database.name | quote }}}
- {name: PLIMSOLL_DB_SCHEMA, value: {{ $name | replace "-" "_" | quote }}}
- name: PLIMSOLL_DB_USER
  valueFrom: {secretKeyRef: {name: {{ include "plimsoll.secret" (dict "pattern" $v.secrets.database "name" $name) }}, key: username}}
- name: PLIMSOLL_DB_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ include "plimsoll.secret" (dict "pattern" $v.secrets.database "name" $name) }}, key: password}}
{{- end }}
{{- if include "plimsoll.sensors" . }}
- {name: PLIMSOLL_SENSOR_PORT, value: "8444"}
- {name: PLIMSOLL_SENSOR_CERTIFICATE, value: /sensors/tls.crt}
- {name: PLIMSOLL_SENSOR_KEY, value: /sensors/tls.key}
{{- end }}
{{- with .settings.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}
