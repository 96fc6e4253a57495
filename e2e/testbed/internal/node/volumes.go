// SPDX-License-Identifier: Apache-2.0
package node

import (
	"context"
	"fmt"
	"os"

	"dev.defender/testbed/internal/controlplane"
)

// volumes is the folder that persistent volumes lie in, on the node.
const volumes = "/var/lib/testbed"

const volumeCount = 8

type object = map[string]any

// storage makes a default storage class and a few volumes that claims of it are bound to.
func (n *node) storage(ctx context.Context) error {
	client := n.plane.Client()
	class := object{
		"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
		"metadata": object{
			"name":        "testbed",
			"annotations": object{"storageclass.kubernetes.io/is-default-class": "true"},
		},
		"provisioner":       "kubernetes.io/no-provisioner",
		"volumeBindingMode": "WaitForFirstConsumer",
	}
	if err := client.Create(ctx, "/apis/storage.k8s.io/v1/storageclasses", class); err != nil {
		return err
	}
	for i := 1; i <= volumeCount; i++ {
		name := fmt.Sprintf("testbed-%d", i)
		path := volumes + "/" + name
		if err := mkdirs(path); err != nil {
			return err
		}
		// As of a volume that a provisioner makes: whoever the pod runs as may write.
		if err := os.Chmod(path, 0o777); err != nil {
			return err
		}
		if err := client.Create(ctx, "/api/v1/persistentvolumes", volume(name, path)); err != nil {
			return err
		}
	}
	return nil
}

func volume(name, path string) object {
	here := object{"key": "kubernetes.io/hostname", "operator": "In", "values": []string{controlplane.NodeName}}
	return object{
		"apiVersion": "v1", "kind": "PersistentVolume",
		"metadata": object{"name": name},
		"spec": object{
			"capacity":                      object{"storage": "20Gi"},
			"accessModes":                   []string{"ReadWriteOnce"},
			"persistentVolumeReclaimPolicy": "Retain",
			"storageClassName":              "testbed",
			"local":                         object{"path": path},
			"nodeAffinity": object{"required": object{"nodeSelectorTerms": []object{
				{"matchExpressions": []object{here}},
			}}},
		},
	}
}
