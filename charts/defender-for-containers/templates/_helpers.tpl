{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* Names that others rely on. operator/…/api/Names.java holds the same. */}}
{{- define "defender.componentNamespace" -}}kube-system{{- end }}
{{- define "defender.partOf" -}}defender-for-containers{{- end }}

{{/* An image's full reference, by its digest, its tag, the tag of all or the chart's version: (dict "root" $ "image" .Values.….image). */}}
{{- define "defender.image" -}}
{{- $registry := required "\n\nglobal.imageRegistry is not set. Push the images with `make push REGISTRY=registry.example/security`, then install with --set global.imageRegistry=registry.example/security.\n" .root.Values.global.imageRegistry -}}
{{- $name := printf "%s/%s" (trimSuffix "/" $registry) .image.repository -}}
{{- if .image.digest -}}
{{ $name }}@{{ .image.digest }}
{{- else -}}
{{ $name }}:{{ .image.tag | default .root.Values.global.imageTag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* Labels: (dict "root" $ "name" "defender-operator" "component" "operator"). Selectors are name and instance, for ever. */}}
{{- define "defender.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}
{{- define "defender.labels" -}}
{{ include "defender.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: {{ include "defender.partOf" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "defender.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* What every container of this chart may do: nothing. */}}
{{- define "defender.restricted" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Linux on the processors that are measured. */}}
{{- define "defender.nodeSelector" -}}
kubernetes.io/os: linux
kubernetes.io/arch: amd64
{{- with . }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Every name in the backend's certificate. */}}
{{- define "defender.backendNames" -}}
{{- $service := printf "defender-backend.%s.svc" .Release.Namespace -}}
{{- $names := list "localhost" "127.0.0.1" "defender-backend" $service (printf "%s.cluster.local" $service) -}}
{{- if and .Values.backend.ingress.enabled .Values.backend.ingress.host }}{{ $names = append $names .Values.backend.ingress.host }}{{ end -}}
{{- concat $names .Values.backend.tlsNames | uniq | join "," -}}
{{- end }}

{{/* Secret with the backend's certificate; empty where its own CA signs it. */}}
{{- define "defender.backendTlsSecret" -}}
{{- if .Values.backend.tls.certManager.enabled -}}
{{- .Values.backend.tls.secretName | default "defender-backend-tls" -}}
{{- else -}}
{{- .Values.backend.tls.secretName -}}
{{- end -}}
{{- end }}
