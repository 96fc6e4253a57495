/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import dev.defender.protocol.wire.ProtoReader;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.bundle.ContainerFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Two questions of CRI v1 (api.proto of k8s.io/cri-api): of a container its image's digest, of a sandbox its pod's labels. */
final class CriRuntime {
    private static final String SERVICE = "/runtime.v1.RuntimeService/";
    private static final int MILLIS = 2_000;
    private static final String DIGEST = "@sha256:";

    // Field numbers of ContainerStatus and PodSandboxStatus, and of a map's entry.
    private static final int STATUS = 1;
    private static final int IMAGE_REF = 9;
    private static final int SANDBOX_LABELS = 7;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final Path socket;

    CriRuntime(Path socket) {
        this.socket = socket;
    }

    /**
     * What the runtime adds to what is known.
     *
     * @throws IOException if it does not answer, or does not know the container (yet)
     */
    ContainerFacts complete(String id, ContainerFacts known) throws IOException {
        try (GrpcChannel runtime = GrpcChannel.connect(socket, MILLIS)) {
            String sandbox = known.sandbox() ? id : known.sandboxId();
            Map<String, String> labels = labels(runtime.call(SERVICE + "PodSandboxStatus", request(sandbox)));
            boolean ask = !known.sandbox() && known.imageDigest().isEmpty();
            String digest = ask ? digest(runtime.call(SERVICE + "ContainerStatus", request(id))) : "";
            return known.with(digest, labels);
        }
    }

    /** Both requests have the id as their first field. */
    private static byte[] request(String id) {
        byte[] room = new byte[256];
        ProtoWriter body = new ProtoWriter().wrap(room, 0, room.length);
        body.string(1, id);
        return Arrays.copyOf(room, body.length());
    }

    private static String digest(byte[] response) {
        String digest = "";
        ProtoReader status = status(response);
        while (status.next()) {
            if (status.field() == IMAGE_REF) {
                String reference = status.string();
                int at = reference.indexOf(DIGEST);
                // Without a name before it, it is the id of the image's configuration.
                digest = at > 0 ? reference.substring(at + 1) : "";
            }
        }
        return digest;
    }

    private static Map<String, String> labels(byte[] response) {
        Map<String, String> labels = new TreeMap<>();
        ProtoReader status = status(response);
        ProtoReader entry = new ProtoReader();
        while (status.next()) {
            if (status.field() == SANDBOX_LABELS) {
                String key = "";
                String value = "";
                entry.wrap(response, status.valueOffset(), status.valueLength());
                while (entry.next()) {
                    key = entry.field() == KEY ? entry.string() : key;
                    value = entry.field() == VALUE ? entry.string() : value;
                }
                labels.put(key, value);
            }
        }
        return ContainerFacts.labelsOfPod(labels);
    }

    /** The message in the response's first field; nothing if it is not there. */
    private static ProtoReader status(byte[] response) {
        ProtoReader reader = new ProtoReader().wrap(response, 0, response.length);
        while (reader.next()) {
            if (reader.field() == STATUS) {
                return new ProtoReader().wrap(response, reader.valueOffset(), reader.valueLength());
            }
        }
        return new ProtoReader();
    }
}
