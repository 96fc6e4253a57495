/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.api.ApiConnection;
import dev.defender.misc.api.Head;
import dev.defender.misc.json.ByteSink;
import dev.defender.misc.json.JsonScanner;
import dev.defender.misc.json.JsonText;
import dev.defender.misc.keep.Keep;
import dev.defender.misc.keep.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The API server itself as an object of the inventory: its version, and those of its flags that decide who may do what,
 * where it runs as a pod that can be seen. Flags that are not in the list are not read.
 */
final class ServerFacts {
    /** Uid of the object: there is one for a cluster. */
    static final String UID = "kube-apiserver";

    private static final Resource RESOURCE =
            new Resource("apiservers", "defender.dev/v1", "APIServer", false, Keep.ALL);
    private static final String PODS =
            "/api/v1/namespaces/kube-system/pods?labelSelector=component%3Dkube-apiserver&limit=1";
    private static final int MOST_VERSION_BYTES = 8 * 1024;
    private static final int OK = 200;

    /** None of these holds a secret; paths of files are named, never their contents. */
    private static final List<String> FLAGS = List.of(
            "admission-control-config-file",
            "anonymous-auth",
            "audit-log-path",
            "audit-policy-file",
            "audit-webhook-config-file",
            "authentication-config",
            "authorization-mode",
            "client-ca-file",
            "disable-admission-plugins",
            "enable-admission-plugins",
            "encryption-provider-config",
            "feature-gates",
            "kubelet-certificate-authority",
            "oidc-issuer-url",
            "profiling",
            "runtime-config",
            "service-account-issuer",
            "service-account-lookup",
            "tls-cipher-suites",
            "tls-min-version",
            "token-auth-file");

    private final RecordEncoder records;
    private final JsonScanner scanner = new JsonScanner(16 * 1024);

    ServerFacts(RecordEncoder records) {
        this.records = records;
    }

    /** Asks the server and reports it; what it does not tell is left out. */
    void report(ApiConnection connection) throws IOException {
        StringBuilder json = new StringBuilder("{\"version\":");
        Head head = connection.get("/version");
        if (head.status() != OK) {
            connection.finish();
            return;
        }
        ByteSink version = new ByteSink(512, MOST_VERSION_BYTES);
        byte[] part = new byte[1024];
        for (int read = connection.read(part, 0, part.length); read >= 0; ) {
            version.put(part, 0, read);
            read = connection.read(part, 0, part.length);
        }
        json.append(new String(version.bytes(), 0, version.length(), StandardCharsets.UTF_8).replace("\n", ""));
        json.append(",\"flags\":{");
        flags(connection, json);
        byte[] data = json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
        records.object(RESOURCE, UID, UID, "", data, ContentHash.of(data, data.length));
    }

    private void flags(ApiConnection connection, StringBuilder json) throws IOException {
        Head head = connection.get(PODS);
        if (head.status() != OK) {
            connection.finish();
            return;
        }
        scanner.stream(connection::read);
        walk(json, new int[1]);
        scanner.end();
    }

    /** Every string of the pod that is a flag of the list: they stand in command or args. */
    private void walk(StringBuilder json, int[] found) throws IOException {
        switch (scanner.peek()) {
            case '{' -> {
                scanner.beginObject();
                while (scanner.nextMember()) {
                    walk(json, found);
                }
            }
            case '[' -> {
                scanner.beginArray();
                while (scanner.nextElement()) {
                    walk(json, found);
                }
            }
            case '"' -> flag(scanner.string(), json, found);
            default -> scanner.skip();
        }
    }

    private static void flag(String text, StringBuilder json, int[] found) {
        int equals = text.indexOf('=');
        if (!text.startsWith("--") || equals < 0 || !FLAGS.contains(text.substring(2, equals))) {
            return;
        }
        json.append(found[0]++ == 0 ? "" : ",");
        JsonText.quote(json, text.substring(2, equals));
        json.append(':');
        JsonText.quote(json, text.substring(equals + 1));
    }
}
