/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.Pod;
import java.io.IOException;
import java.util.TreeMap;

/** OCSF container and image; and the pod, of which OCSF has the uid only. */
final class ContainerJson {
    private ContainerJson() {}

    /** The object "container". */
    static void container(JsonGenerator json, Container container) throws IOException {
        json.writeObjectFieldStart("container");
        json.writeStringField("uid", container.getUid());
        text(json, "name", container.getName());
        if (!container.getImage().isEmpty()) {
            json.writeObjectFieldStart("image");
            json.writeStringField("name", container.getImage());
            text(json, "tag", tag(container.getImage()));
            text(json, "uid", container.getImageDigest());
            json.writeEndObject();
        }
        text(json, "runtime", container.getRuntime());
        if (container.hasPod()) {
            json.writeStringField("orchestrator", "Kubernetes");
            text(json, "pod_uuid", container.getPod().getUid());
        }
        json.writeEndObject();
    }

    /** Into the open object "defender": how much is known, and "pod". */
    static void extras(JsonGenerator json, Container container) throws IOException {
        if (container.getContext() != ContextState.CONTEXT_STATE_UNSPECIFIED) {
            json.writeStringField("context", RecordNames.context(container.getContextValue()));
        }
        if (container.hasPod()) {
            pod(json, container.getPod());
        }
    }

    private static void pod(JsonGenerator json, Pod pod) throws IOException {
        json.writeObjectFieldStart("pod");
        text(json, "name", pod.getName());
        text(json, "namespace", pod.getNamespace());
        text(json, "uid", pod.getUid());
        json.writeObjectFieldStart("labels");
        for (var label : new TreeMap<>(pod.getLabelsMap()).entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField("labels_incomplete", pod.getLabelsIncomplete());
        if (pod.hasWorkload()) {
            json.writeObjectFieldStart("workload");
            json.writeStringField("kind", pod.getWorkload().getKind());
            json.writeStringField("name", pod.getWorkload().getName());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Of a reference {@code host:port/name:tag@digest}; empty if it has none. */
    private static String tag(String image) {
        String named = image.substring(image.lastIndexOf('/') + 1);
        int digest = named.indexOf('@');
        String tagged = digest < 0 ? named : named.substring(0, digest);
        return tagged.substring(tagged.indexOf(':') < 0 ? tagged.length() : tagged.indexOf(':') + 1);
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
