// SPDX-License-Identifier: Apache-2.0
package controlplane

import "os"

// What people and pods ask of the API server, once per request and without bodies. What Kubernetes asks itself is left out:
// it is most of the volume, and none of it is ours.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  users: [system:apiserver, system:kube-controller-manager, system:kube-scheduler, system:kube-proxy, testbed-dns]
- level: None
  userGroups: [system:nodes]
- level: None
  nonResourceURLs: ["/readyz*", "/livez*", "/healthz*"]
- level: Metadata
`

// audit makes the arguments for an audit log, log/audit.log of the state folder: one JSON object per line.
func (p *Plane) audit(policy string) ([]string, error) {
	if policy == "" {
		policy = p.dir.Path("audit-policy.yaml")
		if err := os.WriteFile(policy, []byte(auditPolicy), 0o644); err != nil {
			return nil, err
		}
	}
	return []string{"--audit-policy-file=" + policy, "--audit-log-path=" + p.dir.Log("audit"), "--audit-log-mode=blocking"}, nil
}
