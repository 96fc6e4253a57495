/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.keep;

/**
 * One resource of the API server that is listed and watched.
 *
 * @param plural as in its URL: "deployments"
 * @param apiVersion "v1" or "GROUP/VERSION"
 * @param events whether these are Kubernetes Events: things that happened, not things that are
 * @param keep what is kept of an object
 */
public record Resource(String plural, String apiVersion, String kind, boolean events, Keep keep) {
    /** "pods", "deployments.apps": unique among resources. */
    public String id() {
        return group().isEmpty() ? plural : plural + "." + group();
    }

    /** The API group; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Path of the collection, over all namespaces. */
    public String path() {
        return (group().isEmpty() ? "/api/" : "/apis/") + apiVersion + "/" + plural;
    }
}
