/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.misc.json.JsonScanner;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.keep.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "c4nary";

    private final ObjectReader object = new ObjectReader();

    @Test
    void nothingOfAPodThatMayHoldASecretIsKept() throws IOException {
        JsonNode kept = read("pods", """
                {"metadata":{"name":"web","namespace":"shop","uid":"u","resourceVersion":"7",
                   "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"c4nary","note":"c4nary",
                      "eks.amazonaws.com/role-arn":"arn:aws:iam::1:role/r"},
                   "managedFields":[{"manager":"c4nary"}],"labels":{"app":"web"},
                   "ownerReferences":[{"kind":"ReplicaSet","name":"web-1","uid":"o","controller":true},
                      {"kind":"Other","name":"x","uid":"y"}]},
                 "spec":{"nodeName":"n1","hostNetwork":true,
                   "containers":[{"name":"app","image":"nginx:1","command":["c4nary"],"args":["--password=c4nary"],
                      "env":[{"name":"A","value":"c4nary"},
                             {"name":"B","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}],
                      "livenessProbe":{"httpGet":{"httpHeaders":[{"name":"X","value":"c4nary"}]}},
                      "lifecycle":{"postStart":{"exec":{"command":["c4nary"]}}},
                      "securityContext":{"privileged":true,"capabilities":{"add":["SYS_ADMIN"]}}}],
                   "volumes":[{"name":"h","hostPath":{"path":"/etc"}},
                      {"name":"c","csi":{"driver":"d","volumeAttributes":{"token":"c4nary"}}}]},
                 "status":{"phase":"Running","message":"c4nary",
                   "containerStatuses":[{"name":"app","containerID":"containerd://1","imageID":"sha256:2",
                      "state":{"terminated":{"message":"c4nary"}}}]}}
                """);
        assertThat(kept.toString()).doesNotContain(SECRET);
        assertThat(object.name()).isEqualTo("web");
        assertThat(object.namespace()).isEqualTo("shop");
        assertThat(object.resourceVersion()).isEqualTo("7");
        assertThat(object.owner()).isEqualTo(new ObjectReader.Owner("ReplicaSet", "web-1", "o"));
        JsonNode container = kept.at("/spec/containers/0");
        assertThat(container.at("/securityContext/capabilities/add/0").asText()).isEqualTo("SYS_ADMIN");
        assertThat(container.at("/env/1/valueFrom/secretKeyRef/name").asText()).isEqualTo("db");
        assertThat(container.at("/env/0")).isEqualTo(JSON.readTree("{\"name\":\"A\"}"));
        assertThat(kept.at("/spec/volumes/0/hostPath/path").asText()).isEqualTo("/etc");
        assertThat(kept.at("/spec/volumes/1/csi")).isEqualTo(JSON.readTree("{\"driver\":\"d\"}"));
        assertThat(kept.at("/metadata/annotations").size()).isOne();
        assertThat(kept.at("/status/containerStatuses/0/containerID").asText()).isEqualTo("containerd://1");
        assertThat(object.omitted()).isZero();
    }

    @Test
    void tenThousandLabelsLeaveTheSpecInPlace() throws IOException {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            labels.append(i == 0 ? "" : ",")
                    .append("\"label-")
                    .append(i)
                    .append("\":\"")
                    .append("v".repeat(60))
                    .append('"');
        }
        JsonNode kept = read(
                "pods",
                "{\"metadata\":{\"name\":\"web\",\"labels\":{" + labels + "},\"uid\":\"u\"},"
                        + "\"spec\":{\"nodeName\":\"n1\"}}");
        assertThat(kept.at("/spec/nodeName").asText()).isEqualTo("n1");
        assertThat(kept.at("/metadata/labels").size()).isBetween(50, 200);
        assertThat(object.omitted())
                .isEqualTo(10_000 - kept.at("/metadata/labels").size());
        assertThat(object.uid()).isEqualTo("u");
    }

    @Test
    void whatIsTooLargeForARecordIsLeftOutMemberByMember() throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rules.append(i == 0 ? "" : ",")
                    .append("{\"verbs\":[\"get\"],\"resourceNames\":[\"name-")
                    .append(i)
                    .append("\"]}");
        }
        JsonNode kept = read("clusterroles", "{\"metadata\":{\"name\":\"big\"},\"rules\":[" + rules + "]}");
        assertThat(object.dataLength()).isLessThanOrEqualTo(ObjectReader.MAX_DATA_BYTES + 100);
        assertThat(kept.at("/rules").size()).isGreaterThan(500);
        assertThat(object.omitted()).isPositive();
        assertThat(kept.at("/rules/0/resourceNames/0").asText()).isEqualTo("name-0");
    }

    @Test
    void anEventTellsItsReason() throws IOException {
        JsonNode kept = read(
                "events",
                "{\"metadata\":{\"name\":\"e\",\"uid\":\"u\"},\"reason\":\"FailedCreate\","
                        + "\"message\":\"pods \\\"x\\\" is forbidden\",\"involvedObject\":{\"kind\":\"ReplicaSet\",\"uid\":\"r\"}}");
        assertThat(object.reason()).isEqualTo("FailedCreate");
        assertThat(kept.at("/message").asText()).isEqualTo("pods \"x\" is forbidden");
        assertThat(kept.at("/involvedObject/uid").asText()).isEqualTo("r");
    }

    private JsonNode read(String plural, String text) throws IOException {
        Resource resource = Catalogue.load().resources().stream()
                .filter(candidate -> candidate.plural().equals(plural))
                .findFirst()
                .orElseThrow();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] at = new int[1];
        JsonScanner scanner = new JsonScanner(1000);
        scanner.stream((into, offset, length) -> {
            int count = Math.min(Math.min(length, 777), bytes.length - at[0]);
            System.arraycopy(bytes, at[0], into, offset, count);
            at[0] += count;
            return count == 0 ? -1 : count;
        });
        object.read(scanner, resource.keep());
        return JSON.readTree(object.data(), 0, object.dataLength());
    }
}
