// SPDX-License-Identifier: Apache-2.0
package pki

import (
	"encoding/base64"
	"fmt"
	"os"
)

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: testbed
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
contexts:
- name: testbed
  context:
    cluster: testbed
    user: %[3]s
current-context: testbed
`

// Kubeconfig writes a file that holds everything it needs, so that it can be copied.
func (a *Authority) Kubeconfig(path, server, user string) error {
	var data [3]string
	for i, file := range []string{"ca.crt", user + ".crt", user + ".key"} {
		content, err := os.ReadFile(a.Path(file))
		if err != nil {
			return err
		}
		data[i] = base64.StdEncoding.EncodeToString(content)
	}
	return os.WriteFile(path, fmt.Appendf(nil, kubeconfig, server, data[0], user, data[1], data[2]), 0o600)
}
