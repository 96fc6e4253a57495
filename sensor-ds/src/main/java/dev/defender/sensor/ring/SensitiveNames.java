/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfMap;
import bpf4j.Globals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names whose files are reported whoever opens them and however: the kernel's half of a rule about reading. The kernel
 * compares the last name of a path and the name of its directory; rules look at the whole path afterwards.
 */
public final class SensitiveNames {
    /** Longest name that can be listed, in bytes (SENSITIVE_BYTES of file.bpf.h, less one). */
    static final int MAX_NAME_BYTES = 31;

    private static final int LAST_NAME = 1;
    private static final int DIRECTORY = 2;

    private static final List<String> DEFAULT_NAMES = List.of(
            // Credentials of the host's users.
            "shadow",
            "shadow-",
            "gshadow",
            "gshadow-",
            "sudoers",
            "master.passwd",
            "opasswd",
            "krb5.keytab",
            "authorized_keys",
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            "ssh_host_rsa_key",
            "ssh_host_ecdsa_key",
            "ssh_host_ed25519_key",
            ".git-credentials",
            ".netrc",
            ".pgpass",
            ".bash_history",
            // Credentials of Kubernetes, containers and clouds.
            "token",
            "kubeconfig",
            "admin.conf",
            "super-admin.conf",
            "kubelet.conf",
            "controller-manager.conf",
            "scheduler.conf",
            "bootstrap-kubelet.conf",
            "k3s.yaml",
            "rke2.yaml",
            "azure.json",
            ".dockercfg",
            "credentials",
            "accessTokens.json",
            "docker.sock",
            "containerd.sock",
            "crio.sock",
            // The kernel's doors.
            "environ",
            "mem",
            "maps",
            "kmem",
            "kcore",
            "core_pattern",
            "modprobe",
            "uevent_helper",
            "release_agent",
            "sysrq-trigger");
    private static final List<String> DEFAULT_DIRECTORIES = List.of(
            "sudoers.d",
            "pam.d",
            ".ssh",
            ".aws",
            ".azure",
            ".gcloud",
            "gcloud",
            ".kube",
            ".docker",
            "pki",
            "serviceaccount",
            "tokens");

    private final Map<String, Integer> uses = new LinkedHashMap<>();

    /** Each name at most 31 bytes of UTF-8. */
    public SensitiveNames(List<String> names, List<String> directories) {
        names.forEach(name -> add(name, LAST_NAME));
        directories.forEach(name -> add(name, DIRECTORY));
    }

    /** The names that the product ships with. */
    public static SensitiveNames defaults() {
        return new SensitiveNames(DEFAULT_NAMES, DEFAULT_DIRECTORIES);
    }

    private void add(String name, int use) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "sensitive name '" + name + "' has " + bytes + " bytes; 1 to " + MAX_NAME_BYTES + " are possible");
        }
        uses.merge(name, use, (a, b) -> a | b);
    }

    /** Tells the programs which lengths occur, so that most names are passed over without a look-up. Before load. */
    void configure(Globals globals) {
        long lengths = 0;
        for (String name : uses.keySet()) {
            lengths |= 1L << name.getBytes(StandardCharsets.UTF_8).length;
        }
        globals.setLong("sensitive_lengths", lengths);
    }

    /** Fills the map. After load, before the programs are attached. */
    void fill(BpfMap map) {
        uses.forEach((name, use) -> {
            byte[] key = new byte[MAX_NAME_BYTES + 1];
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, key, 0, bytes.length);
            map.update(
                    key,
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putInt(use)
                            .array());
        });
    }
}
