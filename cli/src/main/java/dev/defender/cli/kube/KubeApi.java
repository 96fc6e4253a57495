/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.terminal.Failure;

/** A cluster's API server. */
public interface KubeApi {
    /**
     * What it said.
     *
     * @param status of HTTP
     * @param body the object, or a Status that says why there is none
     */
    record Reply(int status, JsonNode body) {
        public boolean good() {
            return status / 100 == 2;
        }

        /** Why it is not good. */
        public String message() {
            return body.path("message").asText("answer " + status);
        }
    }

    /** @throws Failure the server cannot be reached or does not let us speak at all */
    Reply get(String path) throws Failure;

    Reply post(String path, JsonNode object) throws Failure;
}
