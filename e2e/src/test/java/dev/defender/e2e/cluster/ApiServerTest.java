/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class ApiServerTest {
    @Test
    void severalAtOnceKnowNothingOfEachOther() throws Exception {
        try (ApiServer one = ApiServer.up();
                ApiServer other = ApiServer.up()) {
            one.tools().kubectl("create", "configmap", "mine").orThrow();
            assertThat(one.tools().kubectl("get", "configmap", "mine").okay()).isTrue();
            assertThat(other.tools().kubectl("get", "configmap", "mine").err()).contains("NotFound");
        }
    }

    /** Owner references are what cleans up after the operator; the collector of garbage is a controller. */
    @Test
    void whatIsOwnedGoesWithItsOwner() throws Exception {
        try (ApiServer server = ApiServer.up()) {
            ClientTools tools = server.tools();
            tools.kubectl("create", "configmap", "owner").orThrow();
            String uid = tools.kubectl("get", "configmap", "owner", "--output=jsonpath={.metadata.uid}")
                    .orThrow();
            tools.apply("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: child
                      ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                    """.formatted(uid));
            tools.kubectl("delete", "configmap", "owner").orThrow();
            tools.kubectl("wait", "--for=delete", "configmap/child", "--timeout=60s")
                    .orThrow();
        }
    }

    @Test
    void aRestartLosesNothing() throws Exception {
        try (ApiServer server = ApiServer.up("--controllers=none")) {
            server.tools().kubectl("create", "configmap", "before").orThrow();
            server.restart();
            server.tools().kubectl("get", "configmap", "before").orThrow();
        }
    }

    @Test
    void nothingStaysBehind() throws Exception {
        Path state;
        try (ApiServer server = ApiServer.up()) {
            state = server.state();
            assertThat(state).isDirectory();
        }
        assertThat(Files.exists(state)).isFalse();
        assertThat(Traces.processesNaming(state)).isEmpty();
    }
}
