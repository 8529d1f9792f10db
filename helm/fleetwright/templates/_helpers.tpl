{{/* Prefix of every name. */}}
{{- define "fleetwright.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/*
The three operators as a table: component name, key in the values, main class, whether it speaks to Azure.
Everything that exists once per operator ranges over it.
*/}}
{{- define "fleetwright.operators" -}}
- {component: controllers, values: controllers, main: dev.fleetwright.controllers.ControllersMain, azure: true}
- {component: companion-operator, values: companionOperator, main: dev.fleetwright.companion.CompanionMain, azure: true}
- {component: nodepool-operator, values: nodepoolOperator, main: dev.fleetwright.nodepool.NodepoolMain, azure: false}
{{- end -}}

{{/* Labels of every object. Takes (dict "root" $ "component" "…"). */}}
{{- define "fleetwright.labels" -}}
{{ include "fleetwright.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: fleetwright
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{/* Labels that never change in the life of a release. */}}
{{- define "fleetwright.selector" -}}
app.kubernetes.io/name: fleetwright
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{- define "fleetwright.image" -}}
{{- $operator := index .root.Values .operator.values -}}
{{- $image := .root.Values.image -}}
{{- $operator.image.reference | default (printf "%s/%s:%s" $image.registry $operator.image.name ($image.tag | default .root.Chart.AppVersion)) -}}
{{- end -}}

{{/*
Binds the ClusterRole of one operator: in the watched namespaces alone, or everywhere when none is named.
Takes (dict "root" $ "component" "…").
*/}}
{{- define "fleetwright.binding" -}}
{{- $name := printf "%s-%s" (include "fleetwright.fullname" .root) .component -}}
{{- $kinds := list (dict "kind" "ClusterRoleBinding") -}}
{{- if .root.Values.watchNamespaces -}}
{{- $kinds = list -}}
{{- range .root.Values.watchNamespaces -}}
{{- $kinds = append $kinds (dict "kind" "RoleBinding" "namespace" .) -}}
{{- end -}}
{{- end -}}
{{- range $kinds }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}
metadata:
  name: {{ $name }}
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "fleetwright.labels" $ | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ $name }}
subjects:
  - kind: ServiceAccount
    name: {{ $name }}
    namespace: {{ $.root.Release.Namespace }}
{{- end }}
{{- end -}}
